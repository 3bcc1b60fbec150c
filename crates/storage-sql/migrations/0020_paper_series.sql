-- Whoever draws numbers of a commune's papers holds the row of their year until the unit of work ends. The numbers themselves
-- stand with the papers; this row only makes two of them stand in line.

CREATE TABLE paper_series (
    units_from TEXT NOT NULL,
    commune TEXT NOT NULL,
    year BIGINT NOT NULL,
    draws BIGINT NOT NULL,
    PRIMARY KEY (units_from, commune, year)
);
