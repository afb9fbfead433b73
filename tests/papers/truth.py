"""The true cells of the tables, from the sources: what a reader of the PDF should find, never what this program finds."""

import json
import re
import subprocess
import unicodedata

from page import FIXTURES, HERE, plain, read, rows_of

# Between Japanese characters, and inside letter-spaced words, white space is layout.
GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


def normal(text):
    return GAP.sub("", unicodedata.normalize("NFKC", text)).strip()


def squeeze(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def as_cells(cells):
    return [{"row": r, "col": c, "row_span": down, "col_span": across, "text": normal(text)} for r, c, down, across, text in cells]


def write_truth(folder, stem, tables):
    path = HERE / "gold" / "tables" / folder / f"{stem}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"tables": tables}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table_truth(stem, folder):
    """Writes gold/tables/FOLDER/STEM.json; a table's pages are those that hold its rows."""
    raw = subprocess.run(["pdftotext", "-raw", FIXTURES / folder / f"{stem}.pdf", "-"], check=True, capture_output=True).stdout.decode()
    pages = [squeeze(p) for p in raw.split("\f")]
    tables, at = [], 0
    for n, table in enumerate(read(stem).find("table")):
        cells = as_cells((r, c, down, across, plain(cell, line="")) for row in rows_of(table) for cell, r, c, down, across in row)
        # a row whose cells stand on one line is found whole; rows with wrapped cells go by their neighbours
        rows = ["".join(squeeze(plain(cell, line="")) for cell, *_ in row) for row in rows_of(table)]
        held = lambda i: sum(row in pages[i] for row in rows if row)
        first = at = max(range(at, len(pages)), key=lambda i: (held(i), -i))
        last = max([i for row in rows if len(row) > 4 for i in (first, first + 1) if i < len(pages) and row in pages[i] and row not in pages[first]], default=first)
        caption = next((normal(plain(c)).lstrip("●") for c in table.find("caption")), None)
        tables.append({"id": f"t{n + 1}", "caption": caption, "page": first + 1, "pages": list(range(first + 1, last + 2)), "cells": cells})
    write_truth(folder, stem, tables)
