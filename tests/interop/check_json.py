"""JSON and JSON Lines: Python's reader and duckdb's, value by value."""

import json

import duckdb
from harness import expected, must, same

FIGURES = ("dose", "calculated", "uncapped", "percent", "difference_percent", "volume_ml")


def figures(dose):
    """Figures are strings, so that no reader takes a digit from them."""
    for name in FIGURES:
        must(dose.get(name) is None or isinstance(dose[name], str), f"{name} is no string: {dose.get(name)!r}")
    float(dose["dose"])


def document(path):
    read = json.loads(path.read_bytes().decode("utf-8"))
    same(1, read["format"], "format")
    must("not an order" in read["notice"], "no notice")
    must({"id", "version", "status", "sha256"} <= set(read["regimen"]), "no provenance")
    for dose in read["doses"]:
        figures(dose)
    want = expected(path)
    if want is None:
        return
    for name in want:
        same(want[name], read[name], name)


def lines(path):
    text = path.read_bytes().decode("utf-8")
    must(text.endswith("\n"), "the last line is not ended")
    rows = [json.loads(line) for line in text.split("\n")[:-1]]
    same("plan", rows[0]["record"], "first line")
    table = duckdb.sql(f"select record, count(*) from read_json('{path}', format='newline_delimited') group by 1").fetchall()
    for dose in (row for row in rows if row["record"] == "dose"):
        figures(dose)
    want = expected(path)
    if want is None:
        return
    for kind, name in (("dose", "doses"), ("end", "ends"), ("assessment", "assessments"), ("finding", "findings")):
        read = [{key: value for key, value in row.items() if key != "record"} for row in rows if row["record"] == kind]
        same(want[name], read, name)
        same(len(want[name]), dict(table).get(kind, 0), f"{name} of duckdb")


CHECKS = {"json": document, "jsonl": lines}
