#!/usr/bin/env python3
"""Two cores against one: a batch of papers with `--jobs 1` on one core and with `--jobs 2` on two, in turn.

    python3 tests/tools/two_cores.py target/release/shiryo fixtures [--documents 500] [--rounds 5] [--format json,csv,xlsx] [--out FOLDER]

The papers are copied until there are enough of them (a line that says nothing makes each another file). Printed are the medians of
the seconds on the wall and of processor time, the ratio, and what the machine itself allows: two runs of one core at the same time
against one alone. What is missing to 2 beyond that is what the batch does in one thread. For Linux, with nothing else
running; FOLDER should lie on the disk that outputs lie on (default: the system's temporary folder).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def papers(source, folder, count):
    found = sorted(p for p in Path(source).rglob("*") if p.suffix in (".pdf", ".txt", ".md", ".html"))
    for n in range(count):
        paper = found[n % len(found)]
        mark = b"\n%% %d\n" % n if paper.suffix == ".pdf" else b"\n" * (n // len(found))
        (folder / f"{n:05}-{paper.name}").write_bytes(paper.read_bytes() + mark)


def start(shiryo, cores, jobs, papers, out, formats):
    command = ["taskset", "-c", cores, shiryo, "extract", papers, "-o", out, "--jobs", str(jobs), "--format", formats,
               "--progress", "none"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def wait(runs):
    """Seconds on the wall and of processor time until all runs have ended."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    runs = [run() for run in runs]
    codes = [run.wait() for run in runs]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if any(code not in (0, 3) for code in codes):
        sys.exit(f"shiryo ended with {codes}")
    return time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shiryo")
    parser.add_argument("papers")
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--format", default="json,csv,xlsx")
    parser.add_argument("--out")
    args = parser.parse_args()
    ways = {"one core": [("0", 1)], "two cores": [("0,1", 2)], "one core, twice at a time": [("0", 1), ("1", 1)]}
    figures = {way: [] for way in ways}
    print("load:", " ".join(f"{n:.1f}" for n in os.getloadavg()))
    with tempfile.TemporaryDirectory(dir=args.out) as folder:
        folder = Path(folder)
        (folder / "papers").mkdir()
        papers(args.papers, folder / "papers", args.documents)
        for number in range(args.rounds):
            for way, runs in ways.items():
                # A new folder each time: removing files makes file systems slow for a while.
                outs = [folder / f"out-{number}-{len(figures[way])}-{way.replace(' ', '')}-{i}" for i in range(len(runs))]
                starts = [
                    lambda r=run, o=out: start(args.shiryo, r[0], r[1], folder / "papers", o, args.format)
                    for run, out in zip(runs, outs)
                ]
                figures[way].append(wait(starts))
    wall = {way: statistics.median(f[0] for f in list_) for way, list_ in figures.items()}
    for way, list_ in figures.items():
        cpu = statistics.median(f[1] for f in list_)
        all_ = " ".join(f"{f[0]:.2f}" for f in list_)
        print(f"{way}: {wall[way]:.2f} s on the wall, {cpu:.2f} s of processor time ({all_})")
    one, two, both = wall["one core"], wall["two cores"], wall["one core, twice at a time"]
    print(f"two cores against one: {one / two:.2f} times the throughput; the machine allows {2 * one / both:.2f}")


if __name__ == "__main__":
    main()
