"""Runs every check_*.py over the files of the program and over their broken twins.

A check module has CHECKS = {format id: accept}. `accept(path)` raises when the file is defective, or when
what it holds differs from the rows beside it (`expected(path)`; None for a broken twin, which has none).
It is called with every FOLDER/FORMAT-ID.EXTENSION the program wrote, and with every file in
broken/FORMAT-ID/, each of which it must reject: a gate that lets a broken file through is closed to nothing.
A format that no module checks is a failure too.

Broken twins are better made than kept: TWINS = {format id: {name: spoil}}, where `spoil(bytes)` gives the bytes of a file that
was good, with one fault. They are made anew from what the program wrote just now, so that each is refused for its fault and not
for its age; the file itself, without the rows beside it, must be accepted.

A module may also have OWN = {name: check}, for files that are no export. `check()` raises when something is wrong,
and returns what it went through, in words; its broken twins are its own affair.
"""

import csv
import importlib
import io
import json
import shutil
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


def named(dose):
    """The name, with what tells it from another entry of the same name."""
    return f"{dose['shown']}, {dose['apart']}" if dose["apart"] else dose["shown"]


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
        for name in ("planned", "given"):
            half[f"{name}_dose"] = amount if dose[f"{name}_date"] else None
        half["planned_through"] = half["through"]
        half["planned_administrations"] = count if dose["planned_date"] else None
        half["given_administrations"] = count if dose["given_date"] else None
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
            made = getattr(module, "TWINS", {}).get(format_id, {})
            failures += check(out, format_id, dict(written).get(format_id), accept, made)
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


# The folder from whose files broken twins are made: a course under way, with every state.
SPOILT = "recorded"


def spoilt(out, format_id, extension, made):
    """The good file and its broken twins, in a folder without the rows beside them."""
    folder = out / "twins" / format_id
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(out / SPOILT, folder, ignore=shutil.ignore_patterns("expected.json", "expanded.json", "split"))
    good = folder / f"{format_id}.{extension}"
    twins = []
    for name, spoil in made.items():
        twin = folder / f"{name}.{extension}"
        twin.write_bytes(spoil(good.read_bytes()))
        must(twin.read_bytes() != good.read_bytes(), f"the twin {name} is not broken")
        twins.append(twin)
    return good, twins


def csv_cell(column, value, row=0):
    """A twin of a CSV file: one cell, in the first row that has another value there."""

    def spoil(data):
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
        at = rows[0].index(column)
        fits = [line for line in rows[1:] if line[at] and line[at] != value] or rows[1:]
        fits[row][at] = value
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(rows)
        return out.getvalue().encode("utf-8")

    return spoil


def csv_row(change):
    """A twin of a CSV file: the rows changed as a whole."""

    def spoil(data):
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(change(rows))
        return out.getvalue().encode("utf-8")

    return spoil


def json_value(change):
    """A twin of a JSON file: the document changed in place."""

    def spoil(data):
        document = json.loads(data)
        change(document)
        return json.dumps(document, ensure_ascii=False).encode("utf-8")

    return spoil


def truncated(data):
    return data[: len(data) * 2 // 3]


def check(out, format_id, extension, accept, made):
    failures, start = [], time.monotonic()
    if extension is None:
        return [f"{format_id}: the program writes no such format"]
    good = sorted(out.glob(f"*/{format_id}.{extension}"))
    broken = sorted(path for path in (HERE / "broken" / format_id).glob("*") if path.is_file())
    if made:
        whole, twins = spoilt(out, format_id, extension, made)
        good, broken = [*good, whole], [*broken, *twins]
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
