-- The register of snapshots: which frozen facts belong to which decision. The files lie in the folder of snapshots under
-- the same name; the row is stored in the decision's own unit of work, after the files.
CREATE TABLE snapshot (
    name TEXT NOT NULL PRIMARY KEY,
    act TEXT NOT NULL,
    year BIGINT NOT NULL,
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    day TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    households BIGINT NOT NULL,
    persons BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    is_sample BOOLEAN NOT NULL,
    -- The last look at every byte of the files, and whether all were as written.
    checked_on TEXT,
    is_whole BOOLEAN
);
CREATE INDEX snapshot_by_unit ON snapshot (units_from, level, code, year, at_ms);
