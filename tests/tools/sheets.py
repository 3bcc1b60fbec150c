#!/usr/bin/env python3
"""Prints a workbook as JSON: {sheet name: [[cell, ...], ...]}. For the tests, which read what Vươn wrote with a reader that is not ours.

  sheets.py FILE.xlsx
"""
import datetime
import json
import sys

from openpyxl import load_workbook


def plain(cell):
    if isinstance(cell, (datetime.datetime, datetime.date)):
        return cell.isoformat()[:10]
    return cell


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # Sheets are read whole: files written row by row carry no dimensions, which the read-only mode would trust.
    book = load_workbook(sys.argv[1], data_only=True)
    rows = {sheet.title: [[plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    json.dump(rows, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
