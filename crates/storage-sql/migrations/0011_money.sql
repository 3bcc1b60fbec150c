-- The ledger of the programme's money: assigned, moved, paid. Entries are added and taken back, never changed.

CREATE TABLE money_entry (
    id UUID NOT NULL PRIMARY KEY,
    year BIGINT NOT NULL,
    units_from TEXT NOT NULL,
    province TEXT NOT NULL,
    district TEXT NOT NULL,
    commune TEXT NOT NULL,
    source TEXT NOT NULL,
    capital TEXT NOT NULL,
    project TEXT NOT NULL,
    what TEXT NOT NULL,
    day TEXT NOT NULL,
    amount BIGINT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX money_entry_by_province ON money_entry (units_from, province, year, day, id);
CREATE INDEX money_entry_by_district ON money_entry (units_from, district, year, day, id);
CREATE INDEX money_entry_by_commune ON money_entry (units_from, commune, year, day, id);
