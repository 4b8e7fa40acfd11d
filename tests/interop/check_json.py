"""JSON and JSON Lines: Python's reader and duckdb's, value by value, and the schema by jsonschema."""

import json
from pathlib import Path

import duckdb
import jsonschema
from harness import expected, json_value, must, same, truncated

SCHEMA = json.loads((Path(__file__).parent.parent.parent / "docs" / "plan.schema.json").read_text("utf-8"))
FIGURES = ("dose", "total", "calculated", "uncapped", "percent", "difference_percent", "volume_ml")
OCCASION = ("dose", "unit", "unit_ucum", "dose_shown", "morning", "evening", "infusion_days", "total")
SAME = (
    "id phase cycle day own_day part state reason kit lot certain drug formulation product shown apart role place over over_minutes when hours_after closed note store use_within cytotoxic warn"
).split()


def closed(schema):
    """The schema with every object closed: a key that the page does not name is a defect here."""
    if isinstance(schema, dict):
        schema = {name: closed(value) for name, value in schema.items()}
        if "properties" in schema:
            schema["unevaluatedProperties"] = False
        return schema
    return [closed(one) for one in schema] if isinstance(schema, list) else schema


def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


DOCUMENT = validator(closed(SCHEMA))
DOSE = validator(closed({**SCHEMA["$defs"]["Dose"], "$defs": SCHEMA["$defs"], "$schema": SCHEMA["$schema"]}))


def fits(document, by, what):
    wrong = sorted(by.iter_errors(document), key=lambda error: list(error.path))
    must(not wrong, f"{what}: {wrong and (list(wrong[0].path), wrong[0].message)}")


def figures(dose):
    """Figures are strings, so that no reader takes a digit from them."""
    for part in filter(None, (dose["planned"], dose["given"])):
        for name in FIGURES:
            must(part.get(name) is None or isinstance(part[name], str), f"{name} is no string: {part.get(name)!r}")
        must((part["dose"] is None) == (part["morning"] is not None and part["evening"] is not None), "a dose, or one of the morning and one of the evening")
        float(part["dose"] or part["morning"])
    must(dose["planned"] or dose["given"], "a dose that is neither planned nor given")
    must((dose["given"] is not None) == (dose["state"] in ("given", "incomplete")), f"{dose['state']} and given {dose['given']}")


# Rounded for people in the tables, written exactly here: compared under the name of the exact figure.
ROUNDED = ("volume_ml", "bag_ml", "in_1_ml", "ml_per_hour")


def prepared(planned):
    """What is prepared, as the rows have it: words from the parts of the document."""
    made = planned.get("preparation") or {}
    limits = [made.get(name) for name in ("lowest_in_1_ml", "highest_in_1_ml")]
    written = [one and f"{float(one):,.15g} {made['unit']}" for one in limits]
    words = {(True, True): "{0} to {1}/mL", (True, False): "not below {0}/mL", (False, True): "not above {1}/mL"}
    if all(limits):
        written[0] = written[0].split(" ")[0]
    said = words.get((limits[0] is not None, limits[1] is not None))
    return {
        "diluent": "undiluted" if made.get("undiluted") else made.get("diluent"),
        "bag_exact_ml": made.get("bag_ml"), "in_1_ml_exact": made.get("in_1_ml"), "ml_per_hour_exact": made.get("ml_per_hour"),
        "limits": said and said.format(*written),
        "never_with": ("NEVER with " + " or ".join(made["never_with"])) if made.get("never_with") else None,
    }


def flat(dose):
    """A dose of the document as the rows have it: what stands, and what is planned and given beside it."""
    planned, given = dose["planned"] or {}, dose["given"] or {}
    stands = given or planned
    window, run = planned.get("window") or {}, stands.get("run") or {}
    recorded = dose["recorded"] or {}
    difference = planned.get("difference_percent")
    row = {name: dose[name] for name in SAME}
    row |= {name: stands[name] for name in ("date", "weekday", *OCCASION)}
    row |= {name: planned.get(name) for name in "calculated uncapped per level percent loading vials supply spread".split()}
    row |= {
        "route": dose["route"] or "route unknown", "earliest": window.get("earliest"), "latest": window.get("latest"),
        "planned_begins": planned.get("begins"), "planned_ends": planned.get("ends"),
        "given_begins": given.get("begins"), "given_ends": given.get("ends"),
        "planned_reason": "; ".join(f"{one['what']}: {one['reason']}" for one in dose["changed"]) or None,
        **{f"{name}_{half}": part.get(half) for name, part in (("planned", planned), ("given", given)) for half in ("morning", "evening")},
        "planned_date": planned.get("date"), "planned_dose": planned.get("dose"), "planned_shown": planned.get("dose_shown"),
        "planned_total": planned.get("total"), "planned_through": (planned.get("run") or {}).get("through"),
        "planned_administrations": (planned.get("run") or {}).get("administrations"), "given_administrations": (given.get("run") or {}).get("administrations"),
        "given_date": given.get("date"), "given_dose": given.get("dose"), "days_late": given.get("days_late"),
        "incomplete": given.get("incomplete"), "recorded_by": recorded.get("by"), "entry": recorded.get("entry"),
        "recorded_at": recorded.get("at"), "missed": given.get("missed") if run else None, "given_total": given.get("total"),
        "weight": ((planned.get("measurements") or {}).get("weight") or {}).get("value"),
        "bsa": ((planned.get("measurements") or {}).get("bsa") or {}).get("value"),
        "difference_percent": difference and (difference if float(difference) <= 0 else f"+{difference}"),
        "measured": max((one["on"] for name, one in planned.get("measurements", {}).items() if name != "bsa" and one and one["on"]), default=None),
        "volume_exact_ml": planned.get("volume_ml"), "working": planned.get("working", []), "marks": planned.get("marks", []),
    }
    return row | prepared(planned) | run | ({"tablets": planned.get("tablets", [])} if run else {})


def compared(want, read):
    same(len(want["doses"]), len(read["doses"]), "doses")
    for ours, theirs in zip(want["doses"], read["doses"]):
        theirs = flat(theirs)
        ours = {name: value for name, value in ours.items() if name not in ROUNDED and name != "marks_words"}
        same(set(ours), set(theirs), "what a dose says")
        for name in ours:
            same(ours[name], theirs[name], f"cycle {ours['cycle']} {ours['id']}: {name}")
    same(want["ends"], read["ends"], "ends")
    for ours, theirs in zip(want["assessments"], read["assessments"], strict=True):
        window = theirs.pop("window") or {"earliest": None, "latest": None}
        same(ours, {**theirs, **window}, "assessment")
    same([{name: value for name, value in one.items() if value is not None} for one in want["findings"]], read["findings"], "findings")
    said = {name: value for name, value in want["regimen"].items() if name != "unverified_words"}
    same(said, {name: read["regimen"][name] for name in said}, "regimen")
    quantity = lambda one: one and f"{one['value']} {one['unit']}"
    for name in ("height", "weight", "bsa"):
        same(want["subject"][name], quantity(read["subject"][name]), name)


def document(path):
    read = json.loads(path.read_bytes().decode("utf-8"))
    same(2, read["format"], "format")
    must("not an order" in read["notice"], "no notice")
    fits(read, DOCUMENT, "the schema")
    for dose in read["doses"]:
        figures(dose)
    want = expected(path)
    if want is not None:
        compared(want, read)


def lines(path):
    text = path.read_bytes().decode("utf-8")
    must(text.endswith("\n"), "the last line is not ended")
    rows = [json.loads(line) for line in text.split("\n")[:-1]]
    same("plan", rows[0]["record"], "first line")
    same(2, rows[0]["format"], "format")
    table = dict(duckdb.sql(f"select record, count(*) from read_json('{path}', format='newline_delimited') group by 1").fetchall())
    read = {"regimen": rows[0]["regimen"], "subject": rows[0]["subject"]}
    for kind, name in (("dose", "doses"), ("end", "ends"), ("assessment", "assessments"), ("finding", "findings")):
        read[name] = [{key: value for key, value in row.items() if key != "record"} for row in rows if row["record"] == kind]
        same(len(read[name]), table.get(kind, 0), f"{name} of duckdb")
    for dose in read["doses"]:
        fits(dose, DOSE, "the schema of a dose")
        figures(dose)
    want = expected(path)
    if want is not None:
        compared(want, read)


def spoil_dose(change):
    return json_value(lambda document: change(next(dose for dose in document["doses"] if dose["state"] == "incomplete")))


def line(change):
    def spoil(data):
        read = [json.loads(one) for one in data.decode("utf-8").splitlines()]
        change(read)
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in read).encode("utf-8")

    return spoil


TWINS = {
    "json": {
        "truncated": truncated,
        "no_hash": json_value(lambda document: document["regimen"].pop("sha256")),
        "dose_as_number": spoil_dose(lambda dose: dose["given"].update(dose=90)),
        "unknown_state": spoil_dose(lambda dose: dose.update(state="partly")),
        "given_without_what_was_given": spoil_dose(lambda dose: dose.update(given=None)),
        "nothing_planned_or_given": spoil_dose(lambda dose: dose.update(given=None, planned=None, state="projected")),
        "unknown_key": spoil_dose(lambda dose: dose.update(amount="90")),
        "day_first_date": spoil_dose(lambda dose: dose["given"].update(date="07-12-2026")),
    },
    "jsonl": {
        "truncated": truncated,
        "no_plan": line(lambda read: read.pop(0)),
        "line_break_inside": lambda data: data.replace(b'"record":"dose"', b'"record":\n"dose"', 1),
        "dose_as_number": line(lambda read: read[1]["planned"].update(dose=123)),
    },
}
CHECKS = {"json": document, "jsonl": lines}
