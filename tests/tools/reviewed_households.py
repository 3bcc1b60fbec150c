"""Gives every household of a filled data folder a review of two years, for load tests of snapshots.

    vuon sample fill --households 400000 --data DIR && python3 tests/tools/reviewed_households.py DIR/vuon.sqlite3

Copies the reviews of households that have answers onto those that have none, person by person. Invented data on invented data."""

import itertools
import json
import sqlite3
import sys
import uuid

db = sqlite3.connect(sys.argv[1])
columns = [row[1] for row in db.execute("PRAGMA table_info(assessment)")]
at = {name: place for place, name in enumerate(columns)}
templates = db.execute("SELECT * FROM assessment WHERE year = 2023 AND facts LIKE '%\"persons\":{\"%'").fetchall()
members = {}
for household, person in db.execute("SELECT household, person FROM membership WHERE left_on IS NULL ORDER BY household, position"):
    members.setdefault(household, []).append(person)
new = db.execute(
    "SELECT h.id, h.units_from, h.province, h.district, h.commune, h.village, h.size FROM household h "
    "WHERE h.closed IS NULL AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.household = h.id)")
rows = []
for template, found in zip(itertools.cycle(templates), new.fetchall()):
    household, units_from, province, district, commune, village, size = found
    facts = json.loads(template[at["facts"]])
    answers = itertools.cycle(facts["persons"].values())
    facts["persons"] = {str(uuid.UUID(bytes=person)): answer for person, answer in zip(members.get(household, []), answers)}
    for year in (2022, 2023):
        row = list(template)
        for name, value in (("household", household), ("year", year), ("units_from", units_from), ("province", province),
                            ("district", district), ("commune", commune), ("village", village), ("size", size),
                            ("facts", json.dumps(facts, separators=(",", ":")))):
            row[at[name]] = value
        rows.append(row)
db.executemany(f"INSERT INTO assessment ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)
db.commit()
print(f"{len(rows)} reviews from {len(templates)} templates")
