#!/usr/bin/env python3
"""Writes a review list as communes send it (three sheets, the layout of norms/review/layouts),
with invented households and the faults that real lists have, and beside it what a careful reader must find.

  make_review_list.py --out DIR [--seed 1] [--communes 3] [--households 60] [--faults 0.04]

DIR/danh-sach-ra-soat.xlsx, DIR/expected.json.  Needs openpyxl and ../../norms/units/units-2023.csv.  No person in it is real.

A household begins at a row with a number in STT and goes on until the next one; title, blank, repeated header and subtotal ("Cộng") rows
belong to none.  Sheet 1 is the decided list; sheets 2 and 3 list heads that left poverty or near-poverty.  Sheet names are cut at 31 characters.

expected.json
  rows        member rows of sheet 1
  households, persons, classes   what is stored from sheet 1; classes are *computed* from B1, B2 and the area (rural: xã; urban: phường, thị trấn)
  aside       households set aside and their rows: one "reject" sets its whole household aside, so that none is stored in part
  escaped     rows of sheets 2 and 3
  faults      sorted by row, then kind: sheet, row (as the spreadsheet numbers it), column (the header as written), kind, level; also those in
              households set aside.  Anything else worth saying goes elsewhere, not in this list.
Kinds.  At most one for a cell, the first that applies:
  reject  bad_date (no such day), future (born after 31/12 of the review year), commune_unknown (code not in the list of units), b2_step (not a multiple of 10 in 0-120)
  warn    sex_missing, year_only (a birth year alone: stored with that precision), class_wrong (class written differs from the one computed; both are kept), and for a paper, in
          this order: id_old (9 digits), id_short (neither 9 nor 12 digits once a lost leading zero is put back), dup_id (borne by an earlier row), id_sex (the 12-digit
          number's sex-and-century digit contradicts sex or century of birth), id_year (its two year digits contradict the birth year)
No fault: text in NFD (stored NFC), spaces around a name, "140,0" for 140, a real date cell, a 12-digit number stored as a number that lost its leading zero, missing B1/B2 of members.
"""
import argparse, csv, datetime as dt, json, os, random, unicodedata
from openpyxl import Workbook

HERE = os.path.dirname(os.path.abspath(__file__)); YEAR = 2023
HEAD = ["STT", "Họ và tên chủ hộ", "Họ và tên thành viên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD/CMND", "Tỉnh", "Huyện",
    "Mã huyện", "Xã", "Mã xã", "Thôn/Tổ dân phố", "Mã dân tộc", "Phân loại", "Số quyết định", "Ngày quyết định", "{B1}", "{B2}",
    "Hộ DTTS", "Hộ không có khả năng lao động", "Hộ có thành viên NCC", "NN1", "NN2", "NN3", "NN4", "NN5", "NN6", "NN7", "Nguyên nhân khác"]
HEAD_OUT = ["Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "Số CCCD/CMND", "Dân tộc", "Địa chỉ", "{B1}", "{B2}", "Ghi chú"]
FAM = ["Nguyễn"] * 38 + ["Trần"] * 12 + ["Lê"] * 10 + ["Phan"] * 7 + ["Hồ"] * 5 + ["Võ", "Hoàng", "Đặng", "Bùi", "Dương", "Đinh", "Thái", "Hà", "Phạm", "Trương", "Ngô", "Lưu"] * 3
MALE = "Hùng Dũng Tuấn Hải Nam Thành Sơn Cường Bình Quang Toàn Thắng Lộc Hòa Kỳ Đức Hiếu Long Minh Phong Quân Tài Trung Tú Việt Vinh".split()
FEMALE = "Hương Lan Hoa Mai Hà Hằng Thủy Nga Hạnh Yến Nhung Hồng Huệ Tuyết Lý Anh Bích Chi Dung Giang Hiền Linh Ngọc Oanh Phương Thảo Trang Vân".split()
CODE = {"poor": "N", "near_poor": "CN", "non_poor": "KN"}


def classify(urban, b1, b2):
    return "non_poor" if b1 > (175 if urban else 140) else ("poor" if b2 >= 30 else "near_poor")


class Maker:
    def __init__(self, seed):
        self.r, self.used = random.Random(seed), set()

    def name(self, male):
        r = self.r
        mid = r.choice(["Văn", "Đức", "Hữu", "Đình", "Xuân", "Viết", "Công", "Minh"]) if male else r.choice(["Thị"] * 6 + ["Thanh", "Ngọc", "Thu", "Kim"])
        return f"{r.choice(FAM)} {mid} {r.choice(MALE if male else FEMALE)}"

    def paper(self, male, year):
        while True:
            p = f"042{(0 if male else 1) + (2 if year >= 2000 else 0)}{year % 100:02d}{self.r.randrange(10**6):06d}"
            if p not in self.used:
                self.used.add(p); return p

    def members(self, head_male, size):
        """Kin that could be: a spouse of the other sex, children a generation down, a parent a generation up."""
        r = self.r; born = r.randrange(1945, 1998); out = [("Chủ hộ", head_male, born)]; spouse = False
        for _ in range(size - 1):
            rel = r.choice(["Vợ/chồng", "Con", "Con", "Bố/mẹ", "Cháu"])
            if rel == "Vợ/chồng" and not spouse: spouse = True; out.append((rel, not head_male, min(1999, max(1940, born + r.randrange(-6, 7)))))
            elif rel == "Bố/mẹ" and born > 1960: out.append((rel, r.random() < .4, born - r.randrange(20, 32)))
            elif rel == "Cháu" and born < 1972: out.append((rel, r.random() < .5, r.randrange(2006, YEAR)))
            else: out.append(("Con", r.random() < .5, min(YEAR - 1, born + r.randrange(20, 36))))
        return out


def main():
    a = argparse.ArgumentParser(); a.add_argument("--out", required=True); a.add_argument("--seed", type=int, default=1)
    a.add_argument("--communes", type=int, default=3); a.add_argument("--households", type=int, default=60); a.add_argument("--faults", type=float, default=.04)
    o = a.parse_args(); m = Maker(o.seed); r = m.r; os.makedirs(o.out, exist_ok=True)
    units = list(csv.DictReader(open(os.path.join(HERE, "..", "..", "norms", "units", "units-2023.csv"), encoding="utf8")))
    dist = {u["code"]: u for u in units if u["level"] == "district" and u["parent_code"] == "42"}; codes = {u["code"] for u in units if u["level"] == "commune"}
    communes = r.sample([u for u in units if u["level"] == "commune" and u["parent_code"] in dist], o.communes)
    b1h, b2h = r.choice([("Điểm B1", "Điểm B2"), ("Tổng điểm A", "Tổng điểm B"), ("B1", "B2")])
    header = [h.format(B1=b1h, B2=b2h) for h in HEAD]
    wb = Workbook(); ws = wb.active; ws.title = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT"[:31]; row = 0

    def put(cells):
        nonlocal row
        ws.append(cells); row += 1

    put(["UBND TỈNH HÀ TĨNH"]); put([f"DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT NĂM {YEAR}"]); put([None]); put(header)
    outs = [wb.create_sheet("HỘ THOÁT NGHÈO"), wb.create_sheet("HỘ THOÁT CẬN NGHÈO")]
    for s in outs: s.append([h.format(B1=b1h, B2=b2h) for h in HEAD_OUT])
    exp = {"rows": 0, "households": 0, "persons": 0, "aside": {"households": 0, "rows": 0}, "classes": {k: 0 for k in CODE}, "escaped": [0, 0], "faults": []}
    earlier, stt = [], 0

    for cm in communes:
        urban = cm["type"] != "Xã"; villages = [f"{'TDP' if urban else 'Thôn'} {i}" for i in range(1, 7)]; dcode = cm["parent_code"]; line = 175 if urban else 140
        for hh in range(o.households):
            if o.faults and r.random() < .01: put([None])
            if o.faults and r.random() < .004: put(header)
            stt += 1; b2 = 10 * min(12, max(0, int(r.gauss(3, 1.4)))); x = r.random()
            b1 = line if x < .05 else line + 5 * r.randrange(1, 5) if x < .08 else 5 * r.randrange(8, line // 5)
            k = classify(urban, b1, b2); kin = m.members(r.random() < .6, max(1, min(8, int(r.gauss(3, 1.5))))); head = m.name(kin[0][1]); village = r.choice(villages)
            eth = 1 if r.random() < .96 else r.choice([3, 6, 37, 44]); rejected = False; ccode = cm["code"]; rejected_unit = False
            if r.random() < o.faults / 6: ccode = next(c for c in iter(lambda: f"{r.randrange(90000, 99999)}", None) if c not in codes); rejected_unit = True
            for i, (rel, male, year) in enumerate(kin):
                first = i == 0; full = head if first else m.name(male); d, mo = r.randrange(1, 29), r.randrange(1, 13)
                dob, born, ident, sex = f"{d:02d}/{mo:02d}/{year}", year, m.paper(male, year), "Nam" if male else "Nữ"
                v1, v2, code = (b1, b2, CODE[k]) if first else (None, None, None); here = row + 1; found = []
                fault = lambda col, kind, level: found.append({"sheet": 1, "row": here, "column": col, "kind": kind, "level": level})
                if rejected_unit and first: fault("Mã xã", "commune_unknown", "reject"); rejected = True
                if r.random() < o.faults:
                    f = r.choice(["year_only", "sex_missing", "id_old", "id_short", "id_sex", "id_year", "nfd", "bad_date", "future", "dup_id", "spaces", "date_cell", "id_number"] + ["b1_text", "b2_step", "class_wrong"] * (2 * first))
                    if f == "year_only": dob = year; fault("Ngày sinh", f, "warn")
                    elif f == "sex_missing": sex = None; fault("Giới tính", f, "warn")
                    elif f == "id_old": ident = f"18{r.randrange(10**7):07d}"; fault("Số CCCD/CMND", f, "warn")
                    elif f == "id_short": ident = ident[:10]; fault("Số CCCD/CMND", f, "warn")
                    elif f == "id_sex": ident = ident[:3] + str(int(ident[3]) ^ 1) + ident[4:]; fault("Số CCCD/CMND", f, "warn")
                    elif f == "id_year": ident = ident[:4] + f"{(year + 7) % 100:02d}" + ident[6:]; fault("Số CCCD/CMND", f, "warn")
                    elif f == "nfd": full = unicodedata.normalize("NFD", full)
                    elif f == "bad_date": dob = f"31/02/{year}"; fault("Ngày sinh", f, "reject"); rejected = True
                    elif f == "future": dob = f"01/01/{2031 + r.randrange(9)}"; ident = None; fault("Ngày sinh", f, "reject"); rejected = True
                    elif f == "dup_id" and earlier: ident = r.choice(earlier); fault("Số CCCD/CMND", f, "warn")
                    elif f == "b1_text": v1 = f"{b1},0"
                    elif f == "b2_step": v2 = b2 + 5; fault(b2h, f, "reject"); rejected = True
                    elif f == "class_wrong": code = {"N": "CN", "CN": "N", "KN": "N"}[code]; fault("Phân loại", f, "warn")
                    elif f == "spaces": full = f"  {full} "
                    elif f == "date_cell": dob = dt.date(year, mo, d)
                    elif f == "id_number": ident = int(ident)
                if isinstance(ident, str) and len(ident) == 12 and not found: earlier.append(ident)
                put([stt if first else None, head, full, rel, dob, sex, ident, "Hà Tĩnh", f"{dist[dcode]['type']} {dist[dcode]['name']}", dcode,
                    f"{cm['type']} {cm['name']}", ccode, village, eth, code, "15/QĐ-UBND" if first else None, "14/12/2023" if first else None, v1, v2,
                    "x" if eth != 1 and first else None, None, None] + ["x" if first and r.random() < .2 else None for _ in range(7)] + [None])
                exp["rows"] += 1; exp["faults"] += found
            if rejected: exp["aside"]["households"] += 1; exp["aside"]["rows"] += len(kin)
            else: exp["households"] += 1; exp["persons"] += len(kin); exp["classes"][k] += 1
        put(["Cộng", f"{o.households} hộ"])
        for i, s in enumerate(outs):
            for _ in range(r.randrange(2, 7)):
                male = r.random() < .6; y = r.randrange(1945, 1998); b1 = line - 5 * r.randrange(0, 4) if i == 0 and r.random() < .4 else line + 5 * r.randrange(1, 8)
                s.append([m.name(male), "Chủ hộ", "Nam" if male else "Nữ", f"{r.randrange(1,29):02d}/{r.randrange(1,13):02d}/{y}", m.paper(male, y), "Kinh",
                    f"{r.choice(villages)}, {cm['type']} {cm['name']}, {dist[dcode]['type']} {dist[dcode]['name']}", b1, 10 * r.randrange(0, 3), None])
                exp["escaped"][i] += 1
    exp["faults"].sort(key=lambda f: (f["row"], f["kind"]))
    wb.save(os.path.join(o.out, "danh-sach-ra-soat.xlsx"))
    with open(os.path.join(o.out, "expected.json"), "w", encoding="utf8") as f: json.dump(exp, f, ensure_ascii=False, indent=1)
    print(exp["rows"], "rows,", exp["households"], "households stored,", exp["aside"], "aside,", exp["classes"], len(exp["faults"]), "faults")


main()
