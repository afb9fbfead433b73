"""Opens a dataset with independent readers and compares every value with dataset.json.

    python3 tests/readers/readers.py DATASET

A reader that is not installed is skipped, and said. Exit code 1: a file does not open, or a value differs.
"""

import csv
import importlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal

TYPED = {"value": Decimal, "value_upper": Decimal, "confidence": Decimal, "page": int, "line": int, "row": int, "col": int,
         "document_date": date.fromisoformat, "period_start": date.fromisoformat, "period_end": date.fromisoformat}


class Differs(Exception):
    """A file does not say what the dataset says."""


def same(what, given, wanted):
    if given != wanted:
        raise Differs(f"{what}: {given!r} and not {wanted!r}")


def library(name):
    """The module, or None."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def stated(folder):
    """The observations of dataset.json, empty text as None, numbers as decimals."""
    with open(folder / "dataset.json", encoding="utf-8") as file:
        rows = json.load(file, parse_float=Decimal)["observations"]
    for row in rows:
        for name, value in row.items():
            if value == "":
                row[name] = None
            elif name in TYPED and value is not None:
                row[name] = TYPED[name](value)
            elif name == "bbox" and value is not None:
                row[name] = [float(edge) for edge in value]
    return rows


def table_rows(folder):
    """The cells of cells.csv with their types."""
    kinds = {"page": int, "row": int, "col": int, "row_span": int, "col_span": int, "value": Decimal,
             "is_header": lambda text: text == "true"}
    with open(folder / "cells.csv", encoding="utf-8-sig", newline="") as file:
        return [{k: (kinds.get(k, str)(v) if v != "" else None) for k, v in row.items()} for row in csv.DictReader(file)]


def compare(what, given, wanted):
    """Row by row, value by value; decimals as numbers."""
    same(f"{what}: rows", len(given), len(wanted))
    for number, (a, b) in enumerate(zip(given, wanted)):
        same(f"{what}: columns", set(a), set(b))
        for name in b:
            value = dict(a[name]) if name == "dimensions" and a[name] is not None else a[name]
            same(f"{what}: row {number}, {name}", value, b[name])


def duckdb_reader(folder):
    duckdb = library("duckdb")
    if duckdb is None:
        return "not installed"
    db = duckdb.connect()

    def rows(query):
        found = db.sql(query)
        return [dict(zip(found.columns, row)) for row in found.fetchall()]

    observations = stated(folder)
    compare("duckdb, observations.parquet", rows(f"from '{folder}/observations.parquet'"), observations)
    compare("duckdb, cells.parquet", rows(f"from '{folder}/cells.parquet'"), table_rows(folder))
    # Typed: arithmetic, dates and labels without a cast.
    total = rows(f"""select sum(value) as total, count(*) filter (period_end >= period_start) as ordered,
                            count(*) filter (cardinality(dimensions) > 0) as labelled
                     from '{folder}/observations.parquet'""")[0]
    same("duckdb: sum", total["total"] or 0, sum(o["value"] for o in observations))
    same("duckdb: labelled", total["labelled"], sum(1 for o in observations if o["dimensions"]))
    same("duckdb: periods", total["ordered"], sum(1 for o in observations if o["period_start"] and o["period_end"]))
    joined = rows(f"""select count(*) as n from '{folder}/observations.parquet' o join '{folder}/cells.parquet' c
                      on o.table_id = c.table_id and o.row = c.row and o.col = c.col""")[0]["n"]
    same("duckdb: observations joined with their cells", joined, sum(1 for o in observations if o["table_id"]))
    counted = rows(f"select count(*) as n from read_csv('{folder}/observations.csv', header = true, all_varchar = true)")
    same("duckdb, observations.csv: rows", counted[0]["n"], len(observations))
    return f"{len(observations)} observations, {joined} joined with their cells"


def pyarrow_reader(folder):
    parquet = library("pyarrow.parquet")
    if parquet is None:
        return "not installed"
    table = parquet.read_table(folder / "observations.parquet")
    types = {name: str(table.schema.field(name).type) for name in ("value", "period_start", "bbox")}
    same("pyarrow: types", types, {"value": "decimal128(38, 10)", "period_start": "date32[day]",
                                   "bbox": "list<element: double not null>"})
    compare("pyarrow, observations.parquet", table.to_pylist(), stated(folder))
    compare("pyarrow, cells.parquet", parquet.read_table(folder / "cells.parquet").to_pylist(), table_rows(folder))
    return f"{table.num_rows} observations, {len(table.schema)} typed columns"


def frictionless_reader(folder):
    frictionless = library("frictionless")
    if frictionless is None:
        return "not installed"
    report = frictionless.validate(str(folder / "datapackage.json"))
    if not report.valid:
        raise Differs(f"frictionless: {report.flatten(['title', 'rowNumber', 'fieldName', 'message'])[:5]}")
    # Keys are looked at: a table that does not exist, and a key given twice.
    with tempfile.TemporaryDirectory() as tmp:
        broken = pathlib.Path(tmp)
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        package["resources"] = package["resources"][:2]
        (broken / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        shutil.copy(folder / "cells.csv", broken)
        with open(folder / "observations.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        at = rows[0].index("table_id")
        row = next((row for row in rows[1:] if row[at]), None)
        if row is not None:
            row[at] = "no-such-table"
            rows.append(list(rows[1]))
            with open(broken / "observations.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
            errors = {e[0] for e in frictionless.validate(str(broken / "datapackage.json")).flatten(["type"])}
            if not {"foreign-key", "primary-key"} <= errors:
                raise Differs(f"frictionless does not see broken keys: {errors}")
    return f"{len(report.tasks)} resources valid, broken keys seen"


def libreoffice_reader(folder):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return "not installed"
    with tempfile.TemporaryDirectory() as tmp:
        # Comma, quotes, UTF-8; numbers as they are and not as shown; every sheet into a file of its own.
        options = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
        command = [program, f"-env:UserInstallation=file://{tmp}/profile", "--headless", "--convert-to", options,
                   "--outdir", tmp, str(folder / "dataset.xlsx")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise Differs(f"LibreOffice: {done.stderr[-300:]}")
        with open(f"{tmp}/dataset-観測値.csv", encoding="utf-8-sig", newline="") as file:
            given = list(csv.DictReader(file))
        sheets = sum(1 for _ in pathlib.Path(tmp).glob("dataset-*.csv"))
    with open(folder / "observations.csv", encoding="utf-8-sig", newline="") as file:
        wanted = list(csv.DictReader(file))
    same("LibreOffice: rows", len(given), len(wanted))
    for number, (a, b) in enumerate(zip(given, wanted)):
        for name, value in b.items():
            read = a[name]
            if TYPED.get(name) is Decimal and value and read:
                read, value = Decimal(read), Decimal(value)
            same(f"LibreOffice: row {number}, {name}", read, value.replace("\r", "") if isinstance(value, str) else value)
    return f"{len(given)} rows the same, {sheets} sheets"


READERS = {"DuckDB": duckdb_reader, "pyarrow": pyarrow_reader, "frictionless": frictionless_reader,
           "LibreOffice": libreoffice_reader}


def main(folder):
    failed = False
    for name, reader in READERS.items():
        try:
            said = reader(folder)
            print(f"  {name}: {'skipped, ' if said == 'not installed' else ''}{said}")
        except Differs as why:
            failed = True
            print(f"  {name}: {why}")
    return failed


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1])))
