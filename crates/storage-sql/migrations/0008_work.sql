-- The programme's work: activities with whom they reached, needs, staff, models; what became of duties; files that show it;
-- and the sheets of columns that targets are counted from.

CREATE TABLE activity (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    day TEXT NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    content TEXT NOT NULL,
    agency TEXT NOT NULL,
    money BIGINT NOT NULL CHECK (money >= 0),
    fields TEXT NOT NULL,
    intake UUID,
    version BIGINT NOT NULL
);
CREATE INDEX activity_by_province ON activity (units_from, province, year, day, id);
CREATE INDEX activity_by_district ON activity (units_from, district, year, day, id);
CREATE INDEX activity_by_commune ON activity (units_from, commune, year, day, id);

-- Each participant once an activity; `who` is a person, a household or one of the staff.
CREATE TABLE activity_participant (
    activity UUID NOT NULL REFERENCES activity (id),
    position BIGINT NOT NULL,
    subject TEXT NOT NULL,
    who UUID NOT NULL,
    year BIGINT NOT NULL,
    PRIMARY KEY (activity, position),
    UNIQUE (activity, who)
);
CREATE INDEX activity_participant_by_who ON activity_participant (who, year);

CREATE TABLE need (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    who UUID NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    day TEXT NOT NULL,
    note TEXT NOT NULL,
    intake UUID,
    UNIQUE (who, kind)
);
CREATE INDEX need_by_province ON need (units_from, province, kind, id);
CREATE INDEX need_by_district ON need (units_from, district, kind, id);
CREATE INDEX need_by_commune ON need (units_from, commune, kind, id);

CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sex TEXT,
    level TEXT NOT NULL,
    office TEXT NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    since TEXT NOT NULL,
    sort_key BYTEA NOT NULL,
    intake UUID
);
CREATE INDEX staff_by_province ON staff (units_from, province, sort_key, id);

CREATE TABLE model (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    project TEXT NOT NULL,
    mode TEXT NOT NULL,
    sector TEXT NOT NULL,
    lead TEXT,
    lead_name TEXT NOT NULL,
    reason TEXT,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    approved TEXT,
    started TEXT,
    state_money BIGINT NOT NULL,
    direct_money BIGINT,
    others BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX model_by_province ON model (units_from, province, id);

CREATE TABLE model_member (
    model UUID NOT NULL REFERENCES model (id),
    position BIGINT NOT NULL,
    household UUID NOT NULL,
    PRIMARY KEY (model, position),
    UNIQUE (model, household)
);

CREATE TABLE duty (
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    year BIGINT NOT NULL,
    duty TEXT NOT NULL,
    -- Empty where the text gives no day.
    due TEXT NOT NULL,
    done TEXT,
    note TEXT NOT NULL,
    by_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (units_from, level, code, year, duty, due)
);

CREATE TABLE evidence_file (
    hash TEXT NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL
);
CREATE TABLE evidence (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    year BIGINT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL REFERENCES evidence_file (hash),
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    at_ms BIGINT NOT NULL
);
CREATE INDEX evidence_by_subject ON evidence (subject, subject_id, at_ms);

-- Grows with every change to what a unit's sheet is made of; a sheet is good while it was made at the same version.
CREATE TABLE fact_version (
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (units_from, province, district, commune)
);
INSERT INTO fact_version (units_from, province, district, commune, version)
    SELECT DISTINCT units_from, province, district, commune, 1 FROM household;

-- What each version of a unit changed: one household, everybody, or only what is read whole anyhow (neither).
CREATE TABLE fact_change (
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    version BIGINT NOT NULL,
    household UUID,
    everybody BOOLEAN NOT NULL
);
CREATE INDEX fact_change_by_unit ON fact_change (units_from, province, district, commune, version);

CREATE TABLE fact_sheet (
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    year BIGINT NOT NULL,
    in_force BIGINT NOT NULL,
    version BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    -- Before the columns, so that reading it does not walk over them.
    counts BYTEA NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (units_from, province, district, commune, year, in_force)
);
