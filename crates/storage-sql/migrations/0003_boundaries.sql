-- Changes of boundaries as recorded, and which villages and households of divided communes lie where.
-- `day` is the first day of the units after the step; codes stand in the lists of that day and the day before.

CREATE TABLE boundary_change (
    id UUID NOT NULL PRIMARY KEY,
    province TEXT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    act TEXT NOT NULL,
    act_day TEXT NOT NULL,
    act_article TEXT,
    act_issuer TEXT NOT NULL,
    steps TEXT NOT NULL,
    creates TEXT NOT NULL,
    note TEXT,
    withdrawn TEXT
);
CREATE INDEX boundary_change_by_province ON boundary_change (province, day);

CREATE TABLE village_placement (
    village UUID NOT NULL REFERENCES village (id),
    day TEXT NOT NULL,
    commune TEXT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (village, day)
);

CREATE TABLE household_placement (
    household UUID NOT NULL REFERENCES household (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    commune TEXT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (household, day)
);
