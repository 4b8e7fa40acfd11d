"""Runs every check_*.py over the files of the program and over their broken twins.

A check module has CHECKS = {format id: accept}. `accept(path)` raises when the file is defective, or when
what it holds differs from the rows beside it (`expected(path)`; None for a broken twin, which has none).
It is called with every FOLDER/FORMAT-ID.EXTENSION the program wrote, and with every file in
broken/FORMAT-ID/, each of which it must reject: a gate that lets a broken file through is closed to nothing.
A format that no module checks is a failure too.

A module may also have OWN = {name: check}, for files that are no export. `check()` raises when something is wrong,
and returns what it went through, in words; its broken twins are its own affair.
"""

import importlib
import json
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent


class Defect(Exception):
    """What is wrong with a file."""


def expected(path, name="expected.json"):
    """The rows a file was made from, or None."""
    beside = path.parent / name
    return json.loads(beside.read_text("utf-8"), parse_float=str) if beside.exists() else None


def must(condition, message):
    """A check that is no `assert`, so that no interpreter option switches it off."""
    if not condition:
        raise Defect(message)


def same(ours, theirs, what):
    must(ours == theirs, f"{what}: written {ours!r}, read {theirs!r}")


def later(iso, days):
    return (date.fromisoformat(iso) + timedelta(days)).isoformat()


def halves(dose):
    """A run whose mornings and evenings differ is two rows; a window is that of the run's first day."""
    if not (dose.get("morning") and dose.get("evening")):
        return [dose]
    late, early = dose["starts"] == "evening", dose["ends"] == "morning"
    begins, ends = later(dose["date"], int(late)), later(dose["through"], -int(early))
    shifted = lambda name: later(dose[name], int(late)) if dose[name] else None
    more, less = dose["administrations"] - dose["administrations"] // 2, dose["administrations"] // 2
    counts = {"morning": less if late else more, "evening": more if late else less}
    both = [
        {
            **dose, "part": "morning", "date": begins, "planned_date": shifted("planned_date"), "given_date": shifted("given_date"),
            **({"earliest": None, "latest": None} if late else {}),
        },
        {**dose, "part": "evening", "through": ends},
    ]
    for half in both:
        amount, count = half[half["part"]], counts[half["part"]]
        half.update(dose=amount, times_a_day=1, administrations=count, total=format(Decimal(amount) * count, "f"))
        for name in ("planned_dose", "given_dose"):
            half[name] = amount if dose[name] else None
        half["planned_through"] = half["through"]
    return both


def run(out, only):
    failures, covered = [], set()
    written = [line.split() for line in (out / "formats.txt").read_text().splitlines()]
    for file in sorted(HERE.glob("check_*.py")):
        if only and file.stem.removeprefix("check_") not in only:
            continue
        module = importlib.import_module(file.stem)
        for name, look in getattr(module, "OWN", {}).items():
            failures += own(name, look)
        for format_id, accept in getattr(module, "CHECKS", {}).items():
            covered.add(format_id)
            failures += check(out, format_id, dict(written).get(format_id), accept)
    for format_id, _ in written:
        if format_id not in covered and not only:
            failures.append(f"{format_id}: no check_*.py reads this format")
    return failures


def own(name, look):
    start = time.monotonic()
    try:
        print(f"{name}: {look()}, {time.monotonic() - start:.1f} s")
        return []
    except Exception as error:
        return [f"{name}: {type(error).__name__}: {error}"]


def check(out, format_id, extension, accept):
    failures, start = [], time.monotonic()
    if extension is None:
        return [f"{format_id}: the program writes no such format"]
    good = sorted(out.glob(f"*/{format_id}.{extension}"))
    broken = sorted(path for path in (HERE / "broken" / format_id).glob("*") if path.is_file())
    if not good or not broken:
        failures.append(f"{format_id}: {len(good)} files and {len(broken)} broken twins; both are needed")
    for path in good:
        try:
            accept(path)
        except Exception as error:  # whatever a checker throws is a rejection
            failures.append(f"{format_id}: {path.parent.name} is rejected: {type(error).__name__}: {error}")
    for path in broken:
        try:
            accept(path)
            failures.append(f"{format_id}: the broken twin {path.name} is accepted")
        except Exception as error:
            print(f"  {path.name}: rejected, {type(error).__name__}: {str(error)[:100]!r}")
    print(f"{format_id}: {len(good)} files, {len(broken)} broken twins, {time.monotonic() - start:.1f} s")
    return failures


if __name__ == "__main__":
    sys.modules["harness"] = sys.modules["__main__"]
    failures = run(Path(sys.argv[1]), sys.argv[2:])
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    sys.exit(1 if failures else 0)
