-- The register, the yearly review, who may enter, and the trail. One text for both databases:
-- a line that begins with `--sqlite:` or `--postgres:` is read by that database only.
-- Ids are UUIDs made by the program; times are milliseconds; days are ISO text; JSON is text that no query looks into.

CREATE TABLE unit_place (
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    district TEXT NOT NULL,
    province TEXT NOT NULL,
    PRIMARY KEY (units_from, level, code)
);

CREATE TABLE village (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    sort_key BYTEA NOT NULL,
    UNIQUE (units_from, commune, folded_name)
);
CREATE INDEX village_by_province ON village (units_from, province);
CREATE INDEX village_by_district ON village (units_from, district);

CREATE TABLE village_total (
    village UUID NOT NULL REFERENCES village (id),
    year BIGINT NOT NULL,
    households BIGINT NOT NULL CHECK (households >= 0),
    persons BIGINT NOT NULL CHECK (persons >= 0),
    PRIMARY KEY (village, year)
);

CREATE TABLE household (
--sqlite:    number INTEGER PRIMARY KEY,
--sqlite:    id UUID NOT NULL UNIQUE,
--postgres:  id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    address TEXT,
    closed TEXT,
    size BIGINT NOT NULL,
    head_name TEXT NOT NULL,
    head_folded TEXT NOT NULL,
    head_birth TEXT,
    head_paper TEXT,
    sort_key BYTEA NOT NULL,
    -- Folded words of the names and papers, and the same names with their marks; a space before each word.
    words TEXT NOT NULL,
    marked TEXT NOT NULL,
    version BIGINT NOT NULL
--postgres:  , search TSVECTOR GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words || marked
--postgres:    || ' zzp' || province || 'x' || units_from || ' zzd' || district || 'x' || units_from
--postgres:    || ' zzc' || commune || 'x' || units_from), ' '))) STORED
);
-- A page of a list is one walk along one of these.
CREATE INDEX household_by_province ON household (units_from, province, sort_key, id, closed);
CREATE INDEX household_by_district ON household (units_from, district, sort_key, id, closed);
CREATE INDEX household_by_commune ON household (units_from, commune, sort_key, id, closed);
CREATE INDEX household_by_village ON household (village, sort_key, id, closed);

-- Found by the words of its members and by where it lives, in one look: `zzc18073x2023-01-01` is the commune's word.
-- The database itself keeps the index in step.
--postgres: CREATE INDEX household_text ON household USING GIN (search) WITH (fastupdate = off);
--sqlite: CREATE VIRTUAL TABLE household_text USING fts5 (
--sqlite:     words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '-'"
--sqlite: );
--sqlite: CREATE TRIGGER household_text_added AFTER INSERT ON household BEGIN
--sqlite:     INSERT INTO household_text (rowid, words) VALUES (new.number, new.words || new.marked
--sqlite:         || ' zzp' || new.province || 'x' || new.units_from || ' zzd' || new.district || 'x' || new.units_from
--sqlite:         || ' zzc' || new.commune || 'x' || new.units_from);
--sqlite: END;
--sqlite: CREATE TRIGGER household_text_changed
--sqlite: AFTER UPDATE OF words, marked, units_from, province, district, commune ON household BEGIN
--sqlite:     DELETE FROM household_text WHERE rowid = old.number;
--sqlite:     INSERT INTO household_text (rowid, words) VALUES (new.number, new.words || new.marked
--sqlite:         || ' zzp' || new.province || 'x' || new.units_from || ' zzd' || new.district || 'x' || new.units_from
--sqlite:         || ' zzc' || new.commune || 'x' || new.units_from);
--sqlite: END;
--sqlite: CREATE TRIGGER household_text_removed AFTER DELETE ON household BEGIN
--sqlite:     DELETE FROM household_text WHERE rowid = old.number;
--sqlite: END;

-- Every word of a name once, with and without its marks: a typed beginning is turned into whole words, which an index
-- finds much sooner than beginnings.
CREATE TABLE word (
    word TEXT NOT NULL PRIMARY KEY
);

-- How many households each village has on record, kept in step by every write, so that no page counts a province.
CREATE TABLE household_count (
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    open BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    PRIMARY KEY (village, units_from, commune)
);

CREATE TABLE person (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sex TEXT,
    birth TEXT,
    paper TEXT,
    ethnicity BIGINT
);

CREATE TABLE membership (
    household UUID NOT NULL REFERENCES household (id),
    position BIGINT NOT NULL,
    person UUID NOT NULL REFERENCES person (id),
    relation TEXT NOT NULL,
    is_head BOOLEAN NOT NULL,
    joined_on TEXT,
    joined_reason TEXT,
    left_on TEXT,
    left_reason TEXT,
    PRIMARY KEY (household, position)
);
CREATE INDEX membership_by_person ON membership (person);

CREATE TABLE household_event (
    household UUID NOT NULL REFERENCES household (id),
    position BIGINT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    other UUID,
    note TEXT,
    PRIMARY KEY (household, position)
);
CREATE INDEX household_event_by_day ON household_event (day);

CREATE TABLE assessment (
    household UUID NOT NULL REFERENCES household (id),
    year BIGINT NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    area TEXT NOT NULL,
    listed BOOLEAN NOT NULL,
    size BIGINT NOT NULL,
    ages TEXT NOT NULL,
    ethnicity BIGINT,
    b1_entered BIGINT,
    b2_entered BIGINT,
    b1_computed BIGINT,
    pack TEXT,
    entered_known BIGINT NOT NULL,
    entered_set BIGINT NOT NULL,
    computed_known BIGINT NOT NULL,
    computed_set BIGINT NOT NULL,
    class_entered TEXT,
    class TEXT,
    class_computed TEXT,
    decision_number TEXT,
    decision_day TEXT,
    decision_class TEXT,
    causes BIGINT NOT NULL,
    cause_other TEXT,
    target_groups BIGINT NOT NULL,
    facts TEXT NOT NULL,
    intake UUID,
    PRIMARY KEY (household, year)
);
CREATE INDEX assessment_by_province ON assessment (units_from, province, year, class);
CREATE INDEX assessment_by_district ON assessment (units_from, district, year, class);
CREATE INDEX assessment_by_commune ON assessment (units_from, commune, year, class);

-- The households of a year in the order of their heads, where they live now; derived from the two tables above.
CREATE TABLE household_year (
    household UUID NOT NULL REFERENCES household (id),
    year BIGINT NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    class TEXT,
    sort_key BYTEA NOT NULL,
    closed TEXT,
    PRIMARY KEY (household, year)
);
CREATE INDEX household_year_by_province ON household_year (units_from, province, year, sort_key, household, class, closed);
CREATE INDEX household_year_by_district ON household_year (units_from, district, year, sort_key, household, class, closed);
CREATE INDEX household_year_by_commune ON household_year (units_from, commune, year, sort_key, household, class, closed);

CREATE TABLE submission (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL,
    day TEXT,
    by_user UUID,
    by_name TEXT NOT NULL,
    remark TEXT,
    households BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (units_from, commune, year)
);

CREATE TABLE intake (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    year BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    content TEXT NOT NULL,
    summary TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX intake_by_time ON intake (at_ms);

CREATE TABLE intake_change (
    intake UUID NOT NULL REFERENCES intake (id),
    household UUID NOT NULL,
    household_before TEXT,
    assessment_before TEXT,
    version_after BIGINT NOT NULL,
    PRIMARY KEY (intake, household)
);

CREATE TABLE remembered_columns (
    signature TEXT NOT NULL PRIMARY KEY,
    columns TEXT NOT NULL
);

CREATE TABLE account (
    id UUID NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sort_key BYTEA NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    is_active BOOLEAN NOT NULL
);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX session_by_end ON session (expires_ms);

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE confirmation (
    key TEXT NOT NULL PRIMARY KEY,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    signed TEXT NOT NULL,
    day TEXT NOT NULL
);

CREATE TABLE pack (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    yaml TEXT NOT NULL,
    loaded_on TEXT NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE trail (
    position BIGINT NOT NULL PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    at_ms BIGINT NOT NULL,
    actor UUID NOT NULL,
    actor_name TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    units_from TEXT,
    province TEXT,
    district TEXT,
    commune TEXT,
    village UUID,
    detail TEXT NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX trail_by_subject ON trail (subject, subject_id, position);
CREATE INDEX trail_by_province ON trail (units_from, province, position);
CREATE INDEX trail_by_district ON trail (units_from, district, position);
CREATE INDEX trail_by_commune ON trail (units_from, commune, position);
