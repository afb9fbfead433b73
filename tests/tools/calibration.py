#!/usr/bin/env python3
"""Confidence of tables against truth: which share of the tables in each band of confidence is right.

usage: calibration.py SHIRYO EVALUATOR PDF_DIR=TRUTH_DIR …

EVALUATOR is the folder of an adjacency-relation evaluator `table_eval.py` (Göbel et al. 2013). TRUTH_DIR holds
*-str.xml (ICDAR 2013) or *.json. A table is right when its relations and those of the truth table it shares most
with have F1 ≥ .95; a table without a truth table is wrong. PDFs without truth are skipped.
"""
import collections
import json
import pathlib
import subprocess
import sys

BANDS = [(0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.6, 0.7), (0.0, 0.6)]
RIGHT = 0.95


def f1(ours, truth, size):
    shared = size(ours & truth)
    return 2 * shared / (size(ours) + size(truth)) if shared else 0.0


def main(argv):
    if len(argv) < 3:
        sys.exit(__doc__)
    shiryo, evaluator, pairs = argv[0], argv[1], argv[2:]
    sys.path.insert(0, evaluator)
    import table_eval as ev

    bands, wrong = collections.defaultdict(list), []
    for pair in pairs:
        pdfs, _, truths = pair.partition("=")
        truths = truths or pdfs
        xml = any(pathlib.Path(truths).rglob("*-str.xml"))
        truth = ev.load_gt(truths, not xml)
        for pdf in sorted(pathlib.Path(pdfs).glob("*.pdf")):
            if ev.doc_key(pdf.stem) not in truth:
                continue
            run = subprocess.run([shiryo, "tables", pdf], capture_output=True, timeout=60)
            # Alternative truths of one paper are all right.
            wanted = [t for _, tables in truth[ev.doc_key(pdf.stem)] for t in tables]
            for table in json.loads(run.stdout or '{"tables": []}')["tables"]:
                pages = table.get("pages") or [table.get("page", 1)]
                cells = [(c["row"], c["col"], c.get("row_span") or 1, c.get("col_span") or 1, c.get("text") or "") for c in table["cells"]]
                ours = ev.Table(pages, cells)
                best = max((f1(ours.rel("nearest"), t.rel("nearest"), ev.size) for t in wanted if t.pages & ours.pages), default=0.0)
                confidence = table["confidence"]
                band = next(b for b in BANDS if confidence >= b[0])
                bands[band, table.get("method", "")].append(best >= RIGHT)
                if best < RIGHT:
                    wrong.append((confidence, table.get("method", ""), pdf.name, pages, round(best, 3)))

    methods = sorted({m for _, m in bands})
    print("| confidence | " + " | ".join(methods) + " | all | right |\n" + "|---" * (len(methods) + 3) + "|")
    for band in BANDS:
        found = [bands.get((band, m), []) for m in methods]
        every = [ok for f in found for ok in f]
        name = f"≥ {band[0]}" if band[0] else f"< {BANDS[-2][0]}"
        share = f"{100 * sum(every) / len(every):.1f} %" if every else "–"
        print(f"| {name} | " + " | ".join(f"{sum(f)} of {len(f)}" for f in found) + f" | {sum(every)} of {len(every)} | {share} |")
    for row in sorted(wrong, reverse=True):
        print("wrong:", *row, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
