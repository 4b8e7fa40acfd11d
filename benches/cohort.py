#!/usr/bin/env python3
"""A cohort against an exact oracle: wrong doses, CPU seconds, memory.

    benches/cohort.py PROGRAM [ROWS] [BODIES]

ROWS subjects (100,000), of BODIES different heights and weights (all of them different where it is left out), are planned by
`posology cohort` on the user's trial: 70 mg/m² rounded to 1 mg and 400 mg, every 14 days, eight cycles. Every line is compared
with what decimals come to here: the body surface is the exact root, rounded half up at two places; the dose half up at the
milligram; vials never less than the dose. Nothing may differ.
"""

import csv
import datetime
import decimal
import itertools
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

REGIMEN = "npc-liposomal-irinotecan-nituzumab"
D = decimal.Decimal
HALF_UP = decimal.ROUND_HALF_UP
decimal.getcontext().prec = 60


def bodies():
    """Heights and weights, each pair once, none of which is asked about; ties and near ties are among them."""
    for tenth in itertools.count():
        for height in range(1500, 1901, 7):
            for weight in range(500, 800, 11):
                yield D(height + tenth % 7) / 10, D(weight + tenth // 7) / 10


def subjects(rows, different):
    first = datetime.date(2026, 12, 7)
    some = list(itertools.islice(bodies(), min(rows, different)))
    for at in range(rows):
        yield f"B-{at // 1000:04}-{at % 1000:03}", first + datetime.timedelta(days=at % 365), *some[at % len(some)]


def expected(code, start, height, weight):
    surface = (height * weight / 3600).sqrt().quantize(D("0.01"), HALF_UP)
    irinotecan = (70 * surface).quantize(D(1), HALF_UP)
    vials = -(-int(irinotecan) // 43)
    for cycle in range(8):
        day = (start + datetime.timedelta(days=14 * cycle)).isoformat()
        yield [code, "", str(cycle + 1), "1", "", "irinotecan", "irinotecan", "liposomal", str(irinotecan), "mg", "", "", str(irinotecan), str(vials), day, ""]
        yield [code, "", str(cycle + 1), "1", "", "nimotuzumab", "nimotuzumab", "", "400", "mg", "", "", "400", "8", day, ""]


def main():
    program = os.path.abspath(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    different = int(sys.argv[3]) if len(sys.argv) > 3 else rows
    with tempfile.TemporaryDirectory() as home:
        home = Path(home)
        with (home / "subjects.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["code", "start", "height", "height-unit", "weight", "weight-unit"])
            out.writerows([code, start, height, "cm", weight, "kg"] for code, start, height, weight in subjects(rows, different))
        env = {"HOME": str(home), "PATH": "/usr/bin:/bin", "POSOLOGY_TODAY": "2026-12-07"}
        command = [program, "cohort", REGIMEN, home / "subjects.csv", "-o", home / "doses.csv"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(f"ended with {done.returncode}: {done.stderr[-1000:]}")
        wrong = lines = 0
        with (home / "doses.csv").open(newline="") as file:
            read = csv.reader(file)
            next(read)
            for subject in subjects(rows, different):
                for want in expected(*subject):
                    lines += 1
                    got = next(read, None)
                    if got != want:
                        wrong += 1
                        if wrong <= 5:
                            print("want", want, "\ngot ", got)
            wrong += sum(1 for _ in read)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{rows:,} subjects of {min(rows, different):,} bodies, {lines:,} doses: {wrong} wrong; "
          f"{cpu:.2f} CPU s, {1e6 * cpu / rows:.0f} µs a subject; {after.ru_maxrss / 1024:.0f} MiB")
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
