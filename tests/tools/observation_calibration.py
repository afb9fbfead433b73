#!/usr/bin/env python3
"""Confidence of observations against gold: which share of the rows in each band of confidence is right.

usage: observation_calibration.py SCORER --gold GOLD.jsonl … --observations OBSERVATIONS.csv … [--wrong] [--require SHARE]

SCORER is the folder of `score_observations.py`, whose judgement is used: a row is right when a gold row has its value,
unit, subject, period and status; a row without a gold row is wrong; rows of optional gold are left out. Each source of
each dataset is judged by the gold of its name (paper.pdf and paper.no-rules.pdf by the gold of `paper`); sources without
gold are skipped. --wrong lists the wrong rows from 0.9 up on stderr; --require ends with 1 when the rows from 0.9 up
are right less often.
"""
import argparse
import collections
import csv
import json
import pathlib
import sys

BANDS = [0.95, 0.9, 0.85, 0.8, 0.7, 0.0]
SURE = 0.9


def gold_of(paths):
    gold = collections.defaultdict(list)
    for path in paths:
        for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                gold[pathlib.PurePosixPath(row["doc"]).stem].append(row)
    return gold


def rows_of(paths):
    """Rows of each source of each dataset."""
    sources = collections.defaultdict(list)
    for path in paths:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                sources[path, row["source"]].append(row)
    return sources


def judged(scorer, gold, rows):
    """(row, right) of the rows of one source, without those of optional gold."""
    result = scorer.score(gold, rows)
    wrong = {id(row) for row in result["_spurious"]} | {id(row) for _, row, _ in result["_partial"]}
    # What matched required gold in full: the pairs that are neither spurious nor partial nor optional.
    pairs = sorted(
        ((verdict[3], i, j, verdict) for i, g in enumerate(gold) for j, row in enumerate(rows) if (verdict := scorer.judge(g, row))),
        key=lambda pair: -pair[0],
    )
    used_gold, used_rows, optional = set(), set(), set()
    for _, i, j, _ in pairs:
        if i not in used_gold and j not in used_rows:
            used_gold.add(i)
            used_rows.add(j)
            if not gold[i]["required"]:
                optional.add(j)
    return [(row, id(row) not in wrong) for j, row in enumerate(rows) if j not in optional]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer")
    parser.add_argument("--gold", nargs="+", required=True)
    parser.add_argument("--observations", nargs="+", required=True)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--require", type=float)
    args = parser.parse_args()
    sys.path.insert(0, args.scorer)
    import score_observations as scorer

    gold = gold_of(args.gold)
    bands, papers = collections.defaultdict(list), 0
    for (_, source), rows in sorted(rows_of(args.observations).items()):
        stem = pathlib.PurePosixPath(source).stem
        answers = gold.get(stem) or gold.get(stem.split(".")[0])
        if not answers:
            continue
        papers += 1
        for row, right in judged(scorer, answers, rows):
            confidence = float(row["confidence"])
            bands[next(b for b in BANDS if confidence >= b)].append(right)
            if args.wrong and not right and confidence >= SURE:
                keys = ("source", "subject", "measure_label", "value", "unit", "status", "confidence", "rule")
                print("wrong:", *(row[key] for key in keys), sep=" | ", file=sys.stderr)

    def line(name, found):
        share = f"{100 * sum(found) / len(found):.1f} %" if found else "–"
        print(f"| {name} | {len(found)} | {sum(found)} | {share} |")

    print("| confidence | rows | right | share |\n| --- | --- | --- | --- |")
    for band, above in zip(BANDS, [None, *BANDS]):
        line(f"≥ {band}" if above is None else f"{band} – {above}" if band else f"< {above}", bands[band])
    sure = [right for band in BANDS if band >= SURE for right in bands[band]]
    line(f"**≥ {SURE}, {papers} papers**", sure)
    if args.require is not None and sure and sum(sure) < args.require * len(sure):
        sys.exit(f"rows from {SURE} up are right less often than {args.require:.0%}")


if __name__ == "__main__":
    main()
