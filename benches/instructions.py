#!/usr/bin/env python3
"""Instructions of the program's commands, counted by valgrind: a count is the same on a busy machine and an idle one.

    benches/instructions.py PROGRAM budgets            no command over its bound in benches/instructions.toml
    benches/instructions.py PROGRAM budgets --write    the bounds anew, from what is counted now
    benches/instructions.py PROGRAM growth [FORMAT …]  every format of a plan grows with its rows, and no faster

PROGRAM is a release binary. The bounds are upper ones only; they are written anew in a commit of their own, which says why.
Growth counts plans of n, 2n and 4n cycles: what the second doubling adds over what the first adds is 2 where the work is
linear and 4 where each row looks through all others; above 2.6 it fails. Cohorts are counted by subjects in the same way.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOUNDS = ROOT / "benches/instructions.toml"
# A tenth above what was counted: other versions of the system's library count a little otherwise.
ROOM = 1.10
MOST_GROWTH = 2.6
CYCLES = 24
PLAN = ["--height", "170", "--weight", "65", "--start", "2026-12-07"]


def count(program, arguments, home):
    """Instructions of one run, in a home of its own."""
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8", "POSOLOGY_TODAY": "2026-12-07"}
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", program, *arguments]
    done = subprocess.run(command, env=env, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if found is None or done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: ended with {done.returncode}\n{done.stderr[-2000:]}")
    return int(found[1].replace(",", ""))


def xelox(home, cycles):
    """A shipped regimen with doses in the clinic and at home, of so many cycles."""
    text = (ROOT / "regimens/gi-xelox.toml").read_text()
    text, times = re.subn(r"count  = \{ planned = \d+ \}", f"count  = {{ planned = {cycles} }}", text)
    assert times == 1, "gi-xelox.toml says its count otherwise"
    # One of its examples counts the doses of eight cycles.
    text = "".join(part for part in re.split(r"(?m)^(?=\[\[example)", text) if "administrations" not in part or "[regimen]" in part)
    file = home / f"xelox-{cycles}.toml"
    file.write_text(text)
    return file


def formats(program, home):
    """Every format, as the program lists them."""
    done = subprocess.run([program, "plan", "x", "--as", "?"], env={"HOME": str(home)}, capture_output=True, text=True)
    return re.search(r"\[possible values: ([^\]]+)\]", done.stderr)[1].split(", ")


def write_form(format, home, cycles):
    """A plan of so many cycles in a format."""
    identity = ["--study", "BENCH", "--subject", "B-001", "--namespace", "0f8fad5b-d9cb-469f-a165-70867728950e"]
    out = ["-o", f"{format}-{cycles}.out", "--force"]
    return ["plan", str(xelox(home, cycles)), *PLAN, *identity, "--as", format, *out]


def cohort(home, subjects):
    """Every subject another one: nothing is remembered of the one before."""
    file = home / f"cohort-{subjects}.csv"
    rows = (f"B-{at:05},2026-12-07,{150 + at % 41},{50 + at // 41}" for at in range(subjects))
    file.write_text("code,start,height,weight\n" + "\n".join(rows) + "\n")
    return ["cohort", "gi-xelox", str(file), "-o", str(home / f"doses-{subjects}.csv"), "--force", "--threads", "1"]


def growth(program, wanted):
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(os.cpu_count()) as pool:
        home = Path(home)
        known = formats(program, home)
        jobs = {name: [write_form(name, home, CYCLES * times) for times in (1, 2, 4)] for name in wanted or known}
        if not wanted:
            jobs["cohort"] = [cohort(home, 100 * times) for times in (1, 2, 4)]
        counted = {
            name: [pool.submit(count, program, job, home) for job in three] for name, three in jobs.items()
        }
        over = []
        for name, three in counted.items():
            one, two, four = (future.result() for future in three)
            times = (four - two) / max(two - one, 1)
            print(f"{name:20}{one:>16,}{two:>16,}{four:>16,}   {times:.2f}", flush=True)
            if times > MOST_GROWTH and four - one > one // 20:
                over.append(f"{name}: the second doubling adds {times:.2f} times what the first adds")
    return over


def budgets(program, write):
    held = tomllib.loads(BOUNDS.read_text())
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(os.cpu_count()) as pool:
        home = Path(home)
        own = home / "own.toml"
        own.write_text((ROOT / "regimens/npc-liposomal-irinotecan-nituzumab.toml").read_text())
        jobs = {
            "plan of a shipped regimen": ["plan", own.stem.replace("own", "npc-liposomal-irinotecan-nituzumab"), *PLAN],
            "plan of one's own file": ["plan", str(own), *PLAN],
            "check of one's own file": ["regimen", "check", str(own)],
            "list of regimens": ["regimen", "list", "xelox"],
            "body surface area": ["calc", "bsa", "--height", "170", "--weight", "65"],
        }
        counted = {name: pool.submit(count, program, job, home) for name, job in jobs.items()}
        counted = {name: future.result() for name, future in counted.items()}
    over = []
    for name, figure in counted.items():
        bound = held["most"].get(name, 0)
        print(f"{name:30}{figure:>14,}   of {bound:>14,}")
        if figure > bound:
            over.append(f"{name}: {figure:,} instructions; its bound is {bound:,}")
    if write:
        lines = [f'"{name}" = {int(figure * ROOM):_}' for name, figure in counted.items()]
        head = "# Instructions at most; benches/instructions.py counts them, and says how they are written anew.\n"
        BOUNDS.write_text(f'{head}toolchain = "{compiler}"\n\n[most]\n' + "\n".join(lines) + "\n")
        return []
    if held["toolchain"] != compiler:
        print(f"counted with {compiler}; the bounds are from {held['toolchain']}")
    return over


def main():
    match sys.argv[1:]:
        case [program, "budgets", *rest] if rest in ([], ["--write"]):
            over = budgets(os.path.abspath(program), bool(rest))
        case [program, "growth", *wanted]:
            over = growth(os.path.abspath(program), wanted)
        case _:
            sys.exit(__doc__)
    if over:
        sys.exit("\n".join(over))


if __name__ == "__main__":
    main()
