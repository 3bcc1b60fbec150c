-- Work that is put right: staff who left the list, and which files were brought in already.

ALTER TABLE staff ADD COLUMN left_on TEXT;

CREATE TABLE work_import (
    id UUID NOT NULL PRIMARY KEY,
    -- SHA-256 of the cells, so that a copy of the file is known whatever program saved it.
    hash TEXT NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at_ms BIGINT NOT NULL
);
CREATE INDEX work_import_by_hash ON work_import (hash, at_ms);
