-- The review on its way: rounds of villages and communes, surveys, requests, attached files, results above the commune.
-- `content` is the whole record as JSON; the columns beside it are what is asked by.

-- Only this village of the commune: a village head.
ALTER TABLE account ADD COLUMN village UUID;

CREATE TABLE village_round (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    year BIGINT NOT NULL,
    route TEXT NOT NULL,
    step TEXT NOT NULL,
    due TEXT,
    households BIGINT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (village, year, route)
);
CREATE INDEX village_round_by_province ON village_round (units_from, province, year, route);
CREATE INDEX village_round_by_district ON village_round (units_from, district, year, route);
CREATE INDEX village_round_by_commune ON village_round (units_from, commune, year, route);

CREATE TABLE commune_round (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    year BIGINT NOT NULL,
    route TEXT NOT NULL,
    step TEXT NOT NULL,
    due TEXT,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (units_from, commune, year, route)
);
CREATE INDEX commune_round_by_province ON commune_round (units_from, province, year, route);
CREATE INDEX commune_round_by_district ON commune_round (units_from, district, year, route);

CREATE TABLE survey (
    id UUID NOT NULL PRIMARY KEY,
    -- Made by the phone: the same survey is stored once, however often it is sent.
    token TEXT NOT NULL UNIQUE,
    household UUID NOT NULL REFERENCES household (id),
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    year BIGINT NOT NULL,
    route TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    standing TEXT NOT NULL,
    based_on TEXT,
    at_ms BIGINT NOT NULL,
    saved_ms BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    channel TEXT NOT NULL,
    class TEXT,
    b1 BIGINT,
    b2 BIGINT,
    content TEXT NOT NULL
);
CREATE INDEX survey_by_household ON survey (household, year, route);
CREATE INDEX survey_by_village ON survey (village, year, route);
CREATE INDEX survey_by_commune ON survey (units_from, commune, year, route);

CREATE TABLE attachment (
    hash TEXT NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    content BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (hash, units_from, commune, village)
);

CREATE TABLE review_request (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    year BIGINT NOT NULL,
    household UUID NOT NULL REFERENCES household (id),
    received TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX review_request_by_commune ON review_request (units_from, commune, year);
CREATE INDEX review_request_by_household ON review_request (household);

CREATE TABLE review_results (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    year BIGINT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX review_results_by_unit ON review_results (units_from, level, code, year);
