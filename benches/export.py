"""The same rows by the libraries people would use: time, memory beyond the rows, bytes.

    export.py FORMAT ROWS.jsonl
"""

import csv
import json
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

NAMESPACE = UUID("7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f")
COLUMNS = """cycle day date weekday earliest latest state certain drug formulation role route place over over_minutes dose
unit unit_ucum calculated uncapped per level percent loading difference_percent volume_ml vials supply measured note""".split()
# What a real workbook has: the schedule, and the doses with their working.
SHEETS = {
    "Schedule": "cycle day date weekday earliest latest shown dose unit dose_shown route over place state certain note".split(),
    "Doses": "cycle day date shown per level percent measured calculated dose unit difference_percent volume_ml vials supply working marks".split(),
}


def ics(rows, path):
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//bench//EN")
    calendar.add("version", "2.0")
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    for row in rows:
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE, f"{row['cycle']} {row['day']} {row['id']}")))
        for name in ("dtstamp", "created", "last-modified"):
            event.add(name, now)
        event.add("sequence", 0)
        first = date.fromisoformat(row["date"])
        event.add("dtstart", first)
        event.add("dtend", first + timedelta(1))
        event.add("summary", f"S-014 C{row['cycle']}D{row['day']} {row['shown']} (if treatment continues)")
        event.add("description", f"{row['shown']} {row['dose_shown']}, {row['route']} over {row['over']}.\nDRAFT regimen.\nCalculated from entered data; not an order. A qualified person checks every dose.")
        event.add("categories", ["TREATMENT", f"CYCLE {row['cycle']}"])
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())


def csv_(rows, path):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["study", "subject", "regimen", "regimen_version", "regimen_status", *COLUMNS, "marks", "working"])
        for row in rows:
            common = ["NPC-1", "S-014", "npc-liposomal-irinotecan-nituzumab", "1", "draft"]
            writer.writerow([*common, *(row[name] for name in COLUMNS), "; ".join(row["marks"]), "; ".join(row["working"])])


def jsonl(rows, path):
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False))
            file.write("\n")


def xlsx(rows, path):
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, columns in SHEETS.items():
        page = book.add_worksheet(name)
        page.write_row(0, 0, columns)
        for at, row in enumerate(rows, 1):
            for column, title in enumerate(columns):
                value = row[title]
                if value is None:
                    continue
                if title in ("date", "earliest", "latest"):
                    page.write_datetime(at, column, datetime.fromisoformat(value), day)
                elif title in ("cycle", "day", "dose", "level", "calculated", "percent", "volume_ml", "vials", "difference_percent"):
                    page.write_number(at, column, float(value))
                else:
                    page.write_string(at, column, "\n".join(value) if isinstance(value, list) else str(value))
    book.close()


def main(name, source):
    with open(source, encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["record"] == "dose"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work = {"ics": ics, "csv": csv_, "jsonl": jsonl, "xlsx": xlsx}[name]
    best = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        # Once where once takes long.
        for _ in range(3):
            start = time.perf_counter()
            work(rows, path)
            best = min(best, time.perf_counter() - start)
            if best > 2:
                break
        size = path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(best * 1e3, (peak - before) / 1024, size)


main(*sys.argv[1:])
