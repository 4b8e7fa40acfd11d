"""XLSX by openpyxl, Parquet by pyarrow and by duckdb, cell by cell."""

import io
from datetime import date, datetime
from decimal import Decimal

import duckdb
import openpyxl
import pyarrow
import pyarrow.parquet
from harness import expected, halves, must, named, same, truncated

SHEETS = {
    "Schedule": [
        "date", "weekday", "cycle", "day", "drug", "part", "planned_dose", "given_dose", "unit", "state", "beside the plan", "reason",
        "phase", "own_day", "hours after", "planned_reason", "dose in words", "planned_morning", "planned_evening", "given_morning", "given_evening", "planned_date", "earliest", "latest", "given_date", "incomplete", "through",
        "doses in all", "missed", "route", "over", "place", "role", "recorded_by", "certain", "warn", "note", "study", "subject",
    ],
    "Doses": [
        "cycle", "day", "date", "drug", "protocol dose", "planned_dose", "planned_morning", "planned_evening", "unit", "working", "not verified",
        "level", "percent", "measured", "before the cap", "calculated", "difference percent", "volume mL", "vials", "supply",
        "diluent", "bag mL", "in 1 mL", "limits", "mL per hour", "never with",
    ],
    "Cumulative": ["drug", "phase", "cycle", "day", "part", "date", "amount", "total", "unit"],
    "Provenance": ["what", "value"],
}
# Of a record alone.
OF_RECORD = {
    "Intensity": [
        "drug", "doses", "planned", "delivered", "unit", "received before", "cumulative", "dose percent", "time percent",
        "relative percent", "cycles", "planned days", "actual days", "convention",
    ],
    "History": ["entry", "date", "kind", "about", "reason", "answers", "recorded_by", "recorded_at", "status"],
    "Home doses": ["date", "phase", "cycle", "day", "drug", "act", "count", "reason", "recorded_by", "entry"],
}
DATES = {"date", "planned_date", "given_date", "earliest", "latest", "through", "measured"}
FIGURES = ("dose", "planned_dose", "given_dose", "total", "over_minutes")
NUMBERS = {"cycle", "day", "level", "calculated", "amount", "total"}
WRAPPED = {"Schedule": ["drug", "reason", "note"], "Doses": ["supply", "working", "not verified"], "Provenance": ["value"]}


def sheet(book, name, head):
    page = book[name]
    rows = list(page.iter_rows())
    for row in rows:
        for cell in row:
            must(cell.data_type not in ("f", "e"), f"{name}!{cell.coordinate} is a formula or an error: {cell.value!r}")
    said = str(rows[0][0].value)
    must("not an order" in said and "erified" in said, f"{name}: the first cell does not say how far to rely on it")
    same(head, [cell.value for cell in rows[1]], f"{name}: header")
    same("A3", page.freeze_panes, f"{name}: frozen at")
    must(page.auto_filter.ref and page.auto_filter.ref.startswith("A2:"), f"{name}: no filter")
    data = [dict(zip(head, (cell.value for cell in row))) for row in rows[2:]]
    for at, row in enumerate(data):
        for title, value in row.items():
            if title in DATES and value is not None:
                must(isinstance(value, datetime) and value.time() == datetime.min.time(), f"{name} row {at + 3}: {title} is {value!r}")
            # What was not planned has no planned figure; of halves that differ neither is the dose.
            if title == "planned_dose" and name in SHEETS:
                must(isinstance(value, (int, float)) or value is None and isinstance(row["planned_morning"], (int, float)), f"{name} row {at + 3}: {title} is {value!r}")
            if title in NUMBERS and name in SHEETS and name != "Provenance":
                must(isinstance(value, (int, float)), f"{name} row {at + 3}: {title} is {value!r}")
    for title in WRAPPED.get(name, []):
        for row in rows[2:]:
            one = row[head.index(title)]
            must(one.value is None or one.alignment.wrap_text, f"{name}!{one.coordinate}: text that goes on below is on one line")
    return data, said


def shown(value):
    """A cell as text, figures without what the float adds."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (int, float)):
        return format(Decimal(repr(value)).normalize(), "f")
    return value


def plain(figure):
    return "" if figure is None else format(Decimal(figure).normalize(), "f")


def words(value):
    return "" if value is None else str(value)


def workbook(path):
    book = openpyxl.load_workbook(path)
    must(set(SHEETS) <= set(book.sheetnames) <= set(SHEETS) | set(OF_RECORD), f"sheets: {book.sheetnames}")
    data = {name: sheet(book, name, SHEETS.get(name) or OF_RECORD[name]) for name in book.sheetnames}
    same(1, len({said for _, said in data.values()}), "what the first cells say")
    want = expected(path)
    if want is None:
        return
    if want["regimen"]["status"] == "draft":
        must(data["Schedule"][1].startswith("DRAFT"), "no DRAFT in the first cell")
    schedule(want, data["Schedule"][0])
    working(want, data["Doses"][0])
    totals(want, data["Cumulative"][0])
    of_record(want, {name: rows for name, (rows, _) in data.items()})
    facts = [(row["what"], words(row["value"])) for row in data["Provenance"][0]]
    for name, value in (("regimen sha256", want["regimen"]["sha256"]), ("regimen status", want["regimen"]["status"].upper()), ("body surface area", want["subject"]["bsa"] or "not entered"), ("regimen name", want["regimen"]["name"]), ("regimen note", want["regimen"]["note"])):
        same(lines(value), lines(dict(facts).get(name)), name)
    same([lines(mark) for mark in want["regimen"]["unverified_words"]], [lines(value) for name, value in facts if name == "not verified"], "not verified")
    same(len(want["findings"]), len([name for name, _ in facts if name in ("BLOCK", "WARN", "NOTE")]), "findings")


def lines(text):
    """What a cell can hold: one kind of line break, no control characters."""
    text = words(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 else c for c in text)


def row_by_row(want, rows, ours, what):
    same(len(want), len(rows), f"{what}: rows")
    for at, (dose, row) in enumerate(zip(want, rows)):
        for title, value in ours(dose).items():
            same(lines(value), lines(shown(row[title])), f"{what} row {at + 3}, {title}")


def of_record(want, data):
    """What a record says beside the doses, and no such sheet without one."""
    same({name for name, key in (("Intensity", "intensity"), ("History", "history"), ("Home doses", "home")) if want[key]}, set(data) & set(OF_RECORD), "sheets of a record")
    for ours, row in zip(want["history"], data.get("History", []), strict=True):
        for name in ("entry", "date", "kind", "reason", "answers", "recorded_by", "recorded_at"):
            same(words(ours[name]), shown(row[name]), f"History: {name}")
        must(row["status"].startswith(ours["status"]) and words(ours["status_by"]) in row["status"], "History: status")
    for ours, row in zip(want["home"], data.get("Home doses", []), strict=True):
        for name in ("cycle", "day", "act", "count", "date", "reason", "recorded_by", "entry"):
            same(words(ours[name]), shown(row[name]), f"Home doses: {name}")
    # The last row holds the convention alone.
    for ours, row in zip(want["intensity"], data.get("Intensity", [None])[:-1], strict=True):
        same((ours["drug_id"] or "the regimen", plain(ours["planned"]), plain(ours["delivered"]), plain(ours["relative_percent"])), (row["drug"], shown(row["planned"]), shown(row["delivered"]), shown(row["relative percent"])), "Intensity")


def schedule(want, rows):
    def ours(dose):
        same_name = {name: words(dose[name]) for name in "phase cycle day own_day part date weekday planned_date earliest latest given_date route over place role state reason planned_reason recorded_by warn note unit missed".split()}
        same_name["hours after"] = plain(dose["hours_after"])
        same_name |= {name: plain(dose[name]) for name in "planned_morning planned_evening given_morning given_evening".split()}
        certain = "yes" if dose["certain"] else "only if treatment goes on"
        through = dose.get("through")
        return {**same_name, "study": "NPC-1", "subject": "S-014", "drug": named(dose), "incomplete": {None: "", True: "yes", False: "no"}[dose["incomplete"]], "doses in all": words(dose.get("administrations")), "planned_dose": plain(dose["planned_dose"]), "given_dose": plain(dose["given_dose"]), "dose in words": dose["dose_shown"], "through": words(through), "certain": certain}

    row_by_row(want["doses"], rows, ours, "Schedule")


def working(want, rows):
    def ours(dose):
        return {
            **{name: words(dose[name]) for name in "cycle day date measured unit supply vials level".split()},
            "drug": named(dose), "protocol dose": dose["per"], "planned_dose": plain(dose["planned_dose"]), "percent": plain(dose["percent"]),
            "before the cap": plain(dose["uncapped"]), "calculated": plain(dose["calculated"]), "volume mL": plain(dose["volume_ml"]),
            **{name: plain(dose[name]) for name in ("planned_morning", "planned_evening")},
            "diluent": words(dose["diluent"]), "bag mL": plain(dose["bag_ml"]), "in 1 mL": plain(dose["in_1_ml"]), "limits": words(dose["limits"]),
            "mL per hour": plain(dose["ml_per_hour"]), "never with": words(dose["never_with"]),
            "difference percent": plain(dose["difference_percent"]), "working": "\n".join(dose["working"]), "not verified": "; ".join(dose["marks_words"]),
        }

    row_by_row(want["doses"], rows, ours, "Doses")


def amount(dose):
    """What a row adds to the total of its drug."""
    count = dose.get("administrations", 1)
    if dose.get("morning") and dose.get("evening"):
        first = dose["starts"] or "morning"
        second = "evening" if first == "morning" else "morning"
        return (count + 1) // 2 * Decimal(dose[first]) + count // 2 * Decimal(dose[second])
    return Decimal(dose["dose"]) * count * Decimal(dose["infusion_days"] or 1)


def totals(want, rows):
    total, ours = {}, []
    for dose in want["doses"]:
        if dose["state"] in ("projected", "given", "incomplete"):
            key = dose["drug"], dose["unit"]
            total[key] = total.get(key, Decimal(0)) + amount(dose)
            ours.append((lines(named(dose)), dose["date"], plain(amount(dose)), plain(total[key]), dose["unit"]))
    theirs = [(lines(row["drug"]), shown(row["date"]), shown(row["amount"]), shown(row["total"]), row["unit"]) for row in rows]
    same(ours, theirs, "Cumulative")


def parquet(path):
    table = pyarrow.parquet.read_table(path)
    table.validate(full=True)
    facts = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
    must("not an order" in facts.get("notice", "") and "erified" in facts.get("standing", ""), "no notice")
    must(len(facts.get("regimen_sha256", "")) == 64, "no SHA-256")
    for name in DATES:
        same("date32[day]", str(table.schema.field(name).type), name)
    for name in FIGURES:
        must(pyarrow.types.is_decimal(table.schema.field(name).type), f"{name} is {table.schema.field(name).type}")
    rows = table.to_pylist()
    columns = table.column_names
    again = [dict(zip(columns, row)) for row in duckdb.sql(f"select * from read_parquet('{path}')").fetchall()]
    same(rows, again, "pyarrow and duckdb")
    must(all(row["date"] and row["dose"] is not None and row["regimen_status"] for row in rows), "a row without date, dose or status")
    want = expected(path)
    if want is None:
        return
    doses = [half for dose in want["doses"] for half in halves(dose)]
    same(len(doses), len(rows), "rows")
    for at, (dose, row) in enumerate(zip(doses, rows)):
        for name, value in row.items():
            same(ours(want, dose, name), value, f"row {at + 1}, {name}")


def ours(want, dose, name):
    of_plan = {"study": "NPC-1", "subject": "S-014", "regimen": want["regimen"]["id"], "regimen_version": want["regimen"]["version"], "regimen_status": want["regimen"]["status"], "regimen_note": want["regimen"]["note"], "discontinued": want["discontinued"], "discontinued_reason": want["discontinued_reason"]}
    if name in of_plan:
        return of_plan[name]
    if name in ("through", "times_a_day", "administrations"):
        value = dose.get(name, 1 if name == "administrations" else None)
    elif name == "working":
        value = "\n".join(dose["working"])
    elif name == "marks":
        value = "; ".join(dose["marks"])
    elif name in ("certain", "incomplete"):
        value = None if dose[name] is None else "yes" if dose[name] else "no"
    else:
        value = dose[name]
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    return Decimal(value) if name in FIGURES else value


def changed(change):
    """A workbook, changed and saved by somebody else's writer."""

    def spoil(data):
        book = openpyxl.load_workbook(io.BytesIO(data))
        change(book)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return spoil


def cell(name, title, value, row=3):
    def change(book):
        page = book[name]
        head = [one.value for one in page[2]]
        page.cell(row, head.index(title) + 1).value = value

    return changed(change)


TWINS = {
    "xlsx": {
        "truncated": truncated,
        "broken_xml": lambda data: data.replace(b"PK\x03\x04", b"PK\x03\x05", 1),
        "sheet_missing": changed(lambda book: book.remove(book["Cumulative"])),
        "column_missing": changed(lambda book: book["Schedule"].delete_cols(3)),
        "date_as_text": cell("Schedule", "date", "2026-12-07"),
        "dose_as_text": cell("Schedule", "planned_dose", "149"),
        "calculated_as_text": cell("Doses", "calculated", "148.75"),
        "formula": cell("Schedule", "reason", "=1+1"),
        "no_notice": changed(lambda book: book["Doses"].cell(1, 1).__setattr__("value", "Doses")),
        "working_on_one_line": changed(lambda book: unwrapped(book["Doses"])),
    },
}


def unwrapped(page):
    for row in page.iter_rows(min_row=3):
        for one in row:
            one.alignment = openpyxl.styles.Alignment(wrap_text=False)


CHECKS = {"xlsx": workbook, "parquet": parquet}
