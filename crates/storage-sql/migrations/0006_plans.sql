-- Plans as they were imported, version by version, and what their clauses were taken for.
CREATE TABLE plan (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    text TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (units_from, level, code, year, number)
);

CREATE TABLE plan_binding (
    plan UUID NOT NULL REFERENCES plan (id),
    id TEXT NOT NULL,
    place BIGINT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (plan, id)
);
