"""CSV: duckdb in strict mode, frictionless against a schema made from our code book, Python's strict reader."""

import csv
import io

import duckdb
import frictionless
from harness import csv_cell, csv_row, expected, must, same

KINDS = {"text": "string", "integer": "integer", "decimal": "number", "date": "date", "boolean": "boolean"}
# Our column → the key in the rows.
RENAMED = {
    "drug_id": "id", "dose_unit": "unit", "dose_unit_ucum": "unit_ucum", "timing": "when", "run_from": "from",
    "run_through": "through", "run_through_day": "through_day", "run_starts": "starts", "run_ends": "ends",
}
COMMON = {"study", "subject", "regimen", "regimen_version", "regimen_status", "record_state"}


def strict(path):
    """The records, by two readers that agree."""
    data = path.read_bytes()
    must(not data.startswith(b"\xef\xbb\xbf"), "a byte-order mark")
    text = data.decode("utf-8")
    must(text.endswith("\r\n"), "the last line is not ended")
    records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    must(len({len(record) for record in records}) == 1, "ragged lines")
    table = duckdb.sql(f"""select * from read_csv('{path}', strict_mode=true, all_varchar=true, header=true, delim=',', quote='"', escape='"')""")
    same(records[0], table.columns, "header")
    rows = [["" if cell is None else cell for cell in row] for row in table.fetchall()]
    same(len(records) - 1, len(rows), "rows of duckdb")
    for ours, theirs in zip(records[1:], rows):
        same(ours, theirs, "row")
    for record in records[1:]:
        for cell in record:
            must(not (cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") and cell and not number(cell)), f"a spreadsheet runs {cell!r}")
    return [dict(zip(records[0], record)) for record in records[1:]]


def number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def unguarded(cell):
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r", "\n") else cell


def schema(path, name):
    """What the code book beside the file (or, for a broken twin, in the folder of broken twins) says."""
    beside = path.parent / "csv-codebook.csv"
    book = beside if beside.exists() else path.parent.parent / "codebook.csv"
    fields = [row for row in csv.DictReader(io.StringIO(book.read_text("utf-8"), newline="")) if row["file"] == name]
    must(fields, f"the code book has no {name}")

    def field(row):
        kind = {"name": row["column"], "type": KINDS[row["type"]]}
        if row["type"] == "boolean":
            return {**kind, "trueValues": ["true"], "falseValues": ["false"]}
        return {**kind, "constraints": {"enum": row["values"].split("|")}} if row["values"] else kind

    return frictionless.Schema.from_descriptor({"fields": [field(row) for row in fields]})


def framed(path, name):
    resource = frictionless.Resource(data=path.read_bytes(), format="csv", encoding="utf-8", schema=schema(path, name))
    report = resource.validate()
    must(report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:3])


def shown(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return str(value)


def state(want, rows):
    """From which state of which record: on every row, or on none."""
    same({want.get("verification") or ""} if rows else set(), {unguarded(row["record_state"]) for row in rows}, "state of the record")


def doses(path):
    rows = strict(path)
    framed(path, "csv")
    want = expected(path)
    if want is None:
        return
    same(len(want["doses"]), len(rows), "rows")
    state(want, rows)
    for dose, row in zip(want["doses"], rows):
        for column, cell in row.items():
            if column in COMMON or column == "tablets":
                continue
            same(shown(dose.get(RENAMED.get(column, column))), unguarded(cell), column)
        tablets = "; ".join(f"{one['count']} {'tablet' if one['count'] == 1 else 'tablets'} of {one['strength']}" for one in dose.get("tablets") or [])
        same(tablets, row["tablets"], "tablets")
        same(want["regimen"]["status"], row["regimen_status"], "status")


def visits(path):
    rows = strict(path)
    framed(path, "csv-visits")
    want = expected(path)
    if want is None:
        return
    dates = sorted([one["date"] for one in want["assessments"] + want["ends"]])
    same(dates, [row["date"] for row in rows], "dates")
    state(want, rows)
    names = sorted([one["name"] for one in want["assessments"]] + [one["visit"] for one in want["ends"]])
    same(names, sorted(unguarded(row["name"]) for row in rows), "names")


def provenance(path):
    rows = strict(path)
    values = {row["name"]: unguarded(row["value"]) for row in rows}
    for name in ("notice", "program", "generated", "regimen", "regimen_status"):
        must(values.get(name), f"no {name}")
    must(len(values.get("regimen_sha256", "")) == 64, "no SHA-256")
    want = expected(path)
    if want is None:
        return
    same(want["regimen"]["name"], values["regimen_name"], "name")
    same(want["subject"]["bsa"] or "", values.get("bsa", ""), "BSA")
    told = [unguarded(row["value"]) for row in rows if row["name"] == "finding"]
    same(len(want["findings"]), len(told), "findings")


def codebook(path):
    for row in strict(path):
        must(row["type"] in KINDS and row["meaning"] and row["column"].isascii(), f"{row}")


def of_record(name, key):
    """A table of what a record says: each row as it was made, and no row of a plan without a record."""

    def accept(path):
        rows = strict(path)
        framed(path, name)
        want = expected(path)
        if want is None:
            return
        read = [{column: unguarded(cell) for column, cell in row.items() if column not in COMMON} for row in rows]
        same([{column: shown(value) for column, value in one.items()} for one in want[key]], read, name)
        state(want, rows)
        must(all(row["subject"] == "S-014" and row["regimen_status"] == want["regimen"]["status"] for row in rows), "whose rows?")

    return accept


TWINS = {
    "csv-history": {
        "day_first_date": csv_cell("date", "07-12-2026"),
        "unknown_status": csv_cell("status", "gone"),
        "entry_in_words": csv_cell("entry", "the first"),
        "ragged": csv_row(lambda rows: [*rows[:-1], rows[-1][:-1]]),
        "a_formula": csv_cell("reason", "=1+1"),
    },
    "csv-intensity": {
        "decimal_comma": csv_cell("relative_percent", "60,5"),
        "doses_in_words": csv_cell("doses", "one"),
        "column_missing": csv_row(lambda rows: [row[:-1] for row in rows]),
    },
    "csv-home": {
        "unknown_act": csv_cell("act", "lost"),
        "count_in_words": csv_cell("count", "a bottle"),
        "day_first_date": csv_cell("date", "07-12-2026"),
    },
}
CHECKS = {"csv-history": of_record("csv-history", "history"), "csv-intensity": of_record("csv-intensity", "intensity"), "csv-home": of_record("csv-home", "home"), "csv": doses, "csv-visits": visits, "csv-provenance": provenance, "csv-codebook": codebook}
