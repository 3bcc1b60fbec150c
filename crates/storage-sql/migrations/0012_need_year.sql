-- A need is of one year: who was served in one year may have the need again in the next.
CREATE TABLE need_of_year (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    who UUID NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    year BIGINT NOT NULL,
    day TEXT NOT NULL,
    note TEXT NOT NULL,
    intake UUID,
    UNIQUE (who, kind, year)
);
INSERT INTO need_of_year (id, kind, subject, who, units_from, province, district, commune, year, day, note, intake)
    SELECT id, kind, subject, who, units_from, province, district, commune, CAST(SUBSTR(day, 1, 4) AS BIGINT), day, note,
           intake FROM need;
DROP TABLE need;
ALTER TABLE need_of_year RENAME TO need;
CREATE INDEX need_by_province ON need (units_from, province, year, kind, id);
CREATE INDEX need_by_district ON need (units_from, district, year, kind, id);
CREATE INDEX need_by_commune ON need (units_from, commune, year, kind, id);
-- What was kept had needs of all years in it.
DELETE FROM fact_sheet;
