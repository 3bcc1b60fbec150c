-- Counts are kept commune by commune under the version of its facts: a commune with a list that nobody lives in has one too.
INSERT INTO fact_version (units_from, province, district, commune, version)
    SELECT DISTINCT a.units_from, a.province, a.district, a.commune, 1 FROM assessment a WHERE NOT EXISTS
        (SELECT 1 FROM fact_version f WHERE f.units_from = a.units_from AND f.province = a.province
         AND f.district = a.district AND f.commune = a.commune);
