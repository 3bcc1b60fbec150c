-- Households on their way between two communes, and decisions recorded for whole lists.
CREATE TABLE handover (
    id UUID NOT NULL PRIMARY KEY,
    household UUID NOT NULL,
    head_name TEXT NOT NULL,
    size BIGINT NOT NULL,
    units_from TEXT NOT NULL,
    from_province TEXT NOT NULL,
    from_district TEXT NOT NULL,
    from_commune TEXT NOT NULL,
    from_village UUID NOT NULL,
    to_province TEXT NOT NULL,
    to_district TEXT NOT NULL,
    to_commune TEXT NOT NULL,
    to_village UUID NOT NULL,
    day TEXT NOT NULL,
    note TEXT,
    state TEXT NOT NULL,
    remark TEXT,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    version BIGINT NOT NULL
);
-- A household goes one way at a time.
CREATE UNIQUE INDEX handover_open ON handover (household) WHERE state IN ('offered', 'declined');

CREATE TABLE list_decision (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    commune TEXT NOT NULL,
    year BIGINT NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    is_undone BOOLEAN NOT NULL,
    households TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX list_decision_by_commune ON list_decision (units_from, commune, year);
