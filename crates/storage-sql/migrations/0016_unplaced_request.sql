-- Requests on line of households without a code, until an officer finds the household or answers.

CREATE TABLE unplaced_request (
    id UUID NOT NULL PRIMARY KEY,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    village UUID NOT NULL REFERENCES village (id),
    received TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX unplaced_request_by_commune ON unplaced_request (units_from, commune, is_open);
