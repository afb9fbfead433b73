"""Puts rows of output/observations.csv into the two READMEs, so that what they show is what comes out.

    python3 docs/examples/excerpt.py
"""

import csv
import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parents[2]
PAPERS = ("chromium/midorino-2024-progress.pdf", "typst/kitahara-2024-evaluation.pdf", "text/midorino-2025-plan.txt")
# Evidence of the rows to show, in the papers' order.
SHOWN = {
    PAPERS[0]: ["46手続", "384名", "400名", "620時間", "12,500件", "約７億4,000万円"],
    PAPERS[1]: ["20,000", "21,130", "105.7%", "△600"],
    PAPERS[2]: ["160手続"],
}
HEADS = {
    "README.md": "| subject | quantity | value | status | period | more | read from |",
    "README.ja.md": "| 対象 | 指標 | 値 | 区分 | 期間 | その他 | 読み取った所 |",
}


def line(row):
    more = [row["department"], row["dimensions"].strip("{}").replace('"', "").replace(":", ": ")]
    place = f"{row['source'].split('/')[-1]}, " + (f"p. {row['page']}" if row["page"] else f"l. {row['line']}")
    value = {"approx": "≈ ", "at_least": "≥ ", "at_most": "≤ "}.get(row["bound"], "") + f"{float(row['value']):,.10g} {row['unit']}"
    period = " … ".join(filter(None, [row["period_start"], row["period_end"]]))
    return f"| {row['subject']} | {row['measure_label']} | {value} | {row['status']} | {period} | {', '.join(filter(None, more))} | «{row['evidence']}» {place} |"


with open(TOP / "output" / "observations.csv", encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
lines = []
for paper, evidence in SHOWN.items():
    for words in evidence:
        found = next((r for r in rows if r["source"] == paper and r["evidence"] == words), None)
        if found is None:
            raise SystemExit(f"no row of {paper} reads {words}")
        lines.append(line(found))
for name, head in HEADS.items():
    table = "\n".join([head, "| --- | --- | ---: | --- | --- | --- | --- |", *lines])
    path = TOP / name
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(<!-- excerpt:begin -->\n).*?(<!-- excerpt:end -->)", lambda m: m[1] + table + "\n" + m[2], text, flags=re.S)
    path.write_text(text, encoding="utf-8")
