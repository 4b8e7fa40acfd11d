"""SDTM EC, EX and DA: CSV by duckdb, Dataset-JSON by dsjframe, both with the controlled terms of CDISC (2025-03-28)."""

import csv
import io
import json
import os
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from math import ceil
from pathlib import Path

import dsjframe
import duckdb
from harness import csv_cell, csv_row, expected, halves, json_value, later, must, same

EC = """STUDYID DOMAIN USUBJID ECSEQ ECREFID ECLNKID ECTRT ECMOOD ECCAT ECPRESP ECOCCUR ECREASOC ECDOSE ECDOSU ECDOSFRM ECDOSFRQ ECDOSRGM
ECROUTE ECLOT ECADJ EPOCH ECSTDTC ECENDTC ECSTDY ECENDY""".split()
EX = [name.replace("EC", "EX", 1) if name.startswith("EC") else name for name in EC if name[2:] not in ("MOOD", "PRESP", "OCCUR", "REASOC")]
DA = """STUDYID DOMAIN USUBJID DASEQ DAREFID DASPID DATESTCD DATEST DACAT DASCAT DAORRES DAORRESU DASTRESC DASTRESN DASTRESU EPOCH DADTC DADY""".split()
# DATESTCD and DATEST, as SDTMIG 3.4 writes them.
TESTS = {"dispensed": ("DISPAMT", "Dispensed Amount"), "returned": ("RETAMT", "Returned Amount")}
NAMES = {"EC": EC, "EX": EX, "DA": DA}
LISTS = {"ROUTE": "C66729", "DOSU": "C71620", "DOSFRQ": "C71113", "EPOCH": "C99079", "MOOD": "C125923", "DOSFRM": "C66726"}
DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


@cache
def terms():
    """Submission values by code list; `run` takes them from a package of CDISC's own terms."""
    return {code: set(values) for code, values in json.loads((Path(os.environ["INTEROP_TOOLS"]) / "terms.json").read_text()).items()}


def accounted(rows):
    """The rules of DA that need nothing beside the file."""
    for row in rows:
        where = f"row {row['DASEQ']}"
        must((row["DATESTCD"], row["DATEST"]) in TESTS.values(), f"{where}: {row['DATESTCD']} is no test")
        must(row["DAORRESU"] in ("", *terms()["C71620"]), f"{where}: {row['DAORRESU']!r} is no term of UNIT")
        same((row["DAORRES"],) * 2, (row["DASTRESC"], row["DASTRESN"]), f"{where}: the result in standard units")
        same(row["DAORRESU"], row["DASTRESU"], f"{where}: the standard unit")
        must(DAY.match(row["DADTC"]) and date.fromisoformat(row["DADTC"]) and row["DADY"] != "0", f"{where}: no day")
        must(row["EPOCH"] in terms()["C99079"] and row["DASCAT"] and row["DASPID"], f"{where}: what or when is missing")


def shaped(domain, names, rows, made_of_anything):
    """The rules of the standard that need nothing beside the file."""
    same(NAMES[domain], names, "variables")
    if domain == "DA":
        same(list(range(1, len(rows) + 1)), [int(row["DASEQ"]) for row in rows], "sequence numbers")
        return accounted(rows)
    same(list(range(1, len(rows) + 1)), [int(row[f"{domain}SEQ"]) for row in rows], "sequence numbers")
    for row in rows:
        where = f"row {row[domain + 'SEQ']}"
        of = lambda name: row.get(domain + name, row.get(name, ""))
        same(domain, row["DOMAIN"], f"{where}: domain")
        must(row["USUBJID"].startswith(row["STUDYID"]) and of("TRT") and of("REFID"), f"{where}: who or what is missing")
        for name, code in LISTS.items():
            # Where a made-up regimen has a made-up route, no list has it.
            if of(name) and not (made_of_anything and name == "ROUTE"):
                must(of(name) in terms()[code], f"{where}: {of(name)!r} is no term of {name} ({code})")
        for name in ("STDTC", "ENDTC"):
            must(not of(name) or is_moment(of(name)), f"{where}: {of(name)!r} is no date")
        common = min(len(of("STDTC")), len(of("ENDTC")))
        must(of("STDTC")[:common] <= of("ENDTC")[:common], f"{where}: ends before it begins")
        must(of("STDY") != "0" and of("ENDY") != "0", f"{where}: there is no study day 0")
        must(not of("DOSE") or Decimal(of("DOSE")) > 0 and of("DOSU"), f"{where}: a dose is blank or above zero, with a unit")
        occurred(domain, where, of)


def is_moment(text):
    """A day, or a day and a clock time to the minute."""
    return bool(DAY.match(text[:10]) and (len(text) == 10 or re.fullmatch(r"T\d\d:\d\d", text[10:])) and datetime.fromisoformat(text))


def occurred(domain, where, of):
    if domain == "EX":
        must(of("DOSE") and of("STDTC"), f"{where}: an exposure without dose or date")
    elif of("MOOD") == "SCHEDULED":
        must(not of("OCCUR") and not of("PRESP"), f"{where}: a scheduled row that occurred")
    elif of("OCCUR") == "N":
        must(not of("DOSE") and not of("STDTC") and of("REASOC"), f"{where}: what did not happen has no dose, but a reason")
    else:
        must(of("MOOD") == "PERFORMED" and of("OCCUR") == "Y" and of("DOSE"), f"{where}: performed without a dose")


def compared(path, domain, rows):
    want = expected(path)
    if want is None:
        return
    if domain == "DA":
        package = lambda one: ", ".join(f"{name} {one[name]}" for name in ("kit", "lot") if one[name])
        ours = [(*TESTS[one["act"]], str(one["count"]), one["date"], one["drug_id"], package(one)) for one in want["home"] if one["act"] in TESTS]
        return same(ours, [(row["DATESTCD"], row["DATEST"], row["DAORRES"], row["DADTC"], row["DASPID"].split("/")[-1], row["DAREFID"]) for row in rows], "home doses")
    treatment = [dose for dose in want["doses"] if dose["role"] == "treatment"]
    first = min([dose["given_date"] for dose in treatment if dose["given_date"]] or [dose["planned_date"] for dose in treatment])
    moods = [(half, mood) for dose in want["doses"] for half in halves(dose) for mood in recorded(half) if domain == "EC" or mood == "given"]
    same(len(moods), len(rows), "rows")
    draft = want["regimen"]["status"] == "draft"
    for (dose, mood), row in zip(moods, rows):
        ours = one(dose, domain, mood, date.fromisoformat(first))
        same(ours, {name: row[name] for name in ours}, f"row {row[domain + 'SEQ']}")
        must(row[domain + "DOSRGM"].startswith("DRAFT") == draft, "no DRAFT in the intended regimen")


def recorded(dose):
    """What a dose is in EC: planned, and beside it what happened."""
    happened = {"given": ["given"], "incomplete": ["given"], "omitted": ["not given"], "missed": ["not given"]}
    return (["planned"] if dose["planned_date"] else []) + happened.get(dose["state"], [])


def one(dose, domain, mood, first):
    """What the row of a dose must hold."""
    taken = mood != "not given"
    if taken:
        dose = {**dose, "date": dose[f"{mood}_date"], "dose": dose[f"{mood}_dose"]}
    name = " ".join(filter(None, (dose["drug"], dose["formulation"])))
    days = Decimal(dose["over_minutes"] or 0) / (24 * 60)
    through = dose.get("through") or later(dose["date"], ceil(days) if days >= 1 else 0)
    amount = Decimal(dose["dose"]) * Decimal(dose["infusion_days"] or 1)
    begins, ends = (dose[f"{mood}_{name}"] if taken else None for name in ("begins", "ends"))
    if begins and dose["over_minutes"]:
        through = (datetime.fromisoformat(begins) + timedelta(minutes=float(dose["over_minutes"]))).date().isoformat()
    through = ends[:10] if ends else through
    day = lambda iso: str((date.fromisoformat(iso) - first).days + 1)
    values = {
        "TRT": "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in name.upper()),
        "DOSE": format(amount.normalize(), "f") if taken else "", "DOSU": {"mcg": "ug", "units": "IU"}.get(dose["unit"], dose["unit"]) if taken else "",
        "STDTC": (begins or dose["date"]) if taken else "", "ENDTC": (ends or through) if taken else "", "STDY": day(dose["date"]) if taken else "", "ENDY": day(through) if taken else "",
        "DOSFRQ": {None: "ONCE", 1: "QD", 2: "BID", 3: "TID", 4: "QID"}[dose.get("times_a_day") if dose.get("administrations", 1) > 1 else None] if taken else "",
        "CAT": {"treatment": "STUDY TREATMENT", "premedication": "PREMEDICATION", "support": "SUPPORTIVE CARE"}[dose["role"]],
        "LOT": (dose["lot"] or "") if mood == "given" else "",
        "REFID": "/".join(filter(None, (dose["phase"], f"C{dose['cycle']}", f"D{dose['day']}", dose["id"], dose["part"]))),
    }
    if domain == "EC":
        values["MOOD"] = "SCHEDULED" if mood == "planned" else "PERFORMED"
        values["OCCUR"] = {"planned": "", "given": "Y", "not given": "N"}[mood]
        values["REASOC"] = dose["reason"] if mood == "not given" else ""
    return {"STUDYID": "NPC-1", "USUBJID": "NPC-1-S-014", **{domain + name: value for name, value in values.items()}}


def unguarded(cell):
    """A spreadsheet runs what begins so; the apostrophe in front is no part of the text."""
    must(not cell[:1] in ("=", "+", "@", "\t") and not (cell[:1] == "-" and not cell[1:].isdigit()), f"a spreadsheet runs {cell!r}")
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t") else cell


def made_up(path):
    return path.parent.name == "nasty"


def table(domain):
    def accept(path):
        text = path.read_bytes().decode("utf-8")
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        must(text.endswith("\r\n") and len({len(record) for record in records}) == 1, "ragged, or the last line is not ended")
        read = duckdb.sql(f"""select * from read_csv('{path}', strict_mode=true, all_varchar=true, header=true, delim=',', quote='"', escape='"')""")
        rows = [dict(zip(read.columns, ("" if cell is None else cell for cell in row))) for row in read.fetchall()]
        same([dict(zip(records[0], record)) for record in records[1:]], rows, "Python and duckdb")
        rows = [{name: unguarded(cell) for name, cell in row.items()} for row in rows]
        shaped(domain, read.columns, rows, made_up(path))
        compared(path, domain, rows)

    return accept


def dataset(domain):
    def accept(path):
        told = dsjframe.validate_dataset(str(path))
        must(told["ok"], f"dsjframe: {told['issue_code']}: {told['message']}")
        document = json.loads(path.read_bytes().decode("utf-8"))
        same(("1.1.0", domain, len(document["rows"])), (document["datasetJSONVersion"], document["name"], document["records"]), "head")
        for column in document["columns"]:
            must(len(column["name"]) <= 8 and len(column["label"]) <= 40 and column["dataType"] in ("string", "integer", "decimal"), f"{column}")
            for row in document["rows"]:
                must("length" not in column or len(row[document["columns"].index(column)]) <= column["length"], f"{column['name']}: longer than said")
        frame = dsjframe.read_dataset(str(path))
        rows = [{name: text(value) for name, value in row.items()} for row in frame.to_pylist()]
        same([[text(cell) for cell in row] for row in document["rows"]], [list(row.values()) for row in rows], "dsjframe")
        shaped(domain, frame.column_names, rows, made_up(path))
        compared(path, domain, rows)
        same({"EC": "Exposure as Collected", "EX": "Exposure", "DA": "Product Accountability"}[domain], document["label"], "the standard's label")

    return accept


def text(value):
    return "" if value is None else format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def spoil_row(change):
    """The first row of a kind, changed."""

    def of(rows):
        head = rows[0]
        row = dict(zip(head, rows[1]))
        rows[1] = list(change(row).values())
        return rows

    return csv_row(of)


def of_domain(d):
    both = {
        "day_first_date": csv_cell(f"{d}STDTC", "07-12-2026"),
        "ends_before_it_begins": csv_cell(f"{d}ENDTC", "2020-01-01"),
        "dose_zero": csv_cell(f"{d}DOSE", "0"),
        "frequency_not_a_term": csv_cell(f"{d}DOSFRQ", "4 TIMES PER DAY"),
        "unit_not_a_term": csv_cell(f"{d}DOSU", "milligram"),
        "route_not_a_term": csv_cell(f"{d}ROUTE", "INTO THE VEIN"),
        "sequence_twice": csv_cell(f"{d}SEQ", "1"),
        "study_day_zero": csv_cell(f"{d}STDY", "0"),
        "a_formula": csv_cell("STUDYID", "=1+1"),
        "ragged": csv_row(lambda rows: [*rows[:-1], rows[-1][:-1]]),
        "column_missing": csv_row(lambda rows: [row[1:] for row in rows]),
    }
    of_ec = {
        "scheduled_and_occurred": spoil_row(lambda row: {**row, "ECOCCUR": "Y"}),
        "performed_without_a_dose": csv_row(lambda rows: [rows[0], *[without_dose(rows[0], row) for row in rows[1:]]]),
        "dose_of_what_did_not_happen": csv_row(lambda rows: [rows[0], *[spoil_not_done(rows[0], row) for row in rows[1:]]]),
    }
    return both | (of_ec if d == "EC" else {})


def spoil_not_done(head, row):
    named = dict(zip(head, row))
    return list((named | {"ECDOSE": "10", "ECDOSU": "mg"}).values()) if named["ECOCCUR"] == "N" else row


def without_dose(head, row):
    named = dict(zip(head, row))
    return list((named | {"ECDOSE": ""}).values()) if named["ECOCCUR"] == "Y" else row


OF_DATASET = {
    "column_without_label": json_value(lambda one: one["columns"][0].pop("label")),
    "records_wrong": json_value(lambda one: one.update(records=1)),
    "row_too_short": json_value(lambda one: one["rows"][0].pop()),
    "sequence_as_text": json_value(lambda one: one["rows"][0].__setitem__(3, "1")),
    "label_not_the_standards": json_value(lambda one: one.update(label="Exposure (DRAFT regimen)")),
}
OF_DA = {
    "no_such_test": csv_cell("DATESTCD", "LOST"),
    "unit_not_a_term": csv_cell("DAORRESU", "pills"),
    "no_such_run": csv_cell("DASPID", ""),
    "another_result": csv_cell("DASTRESN", "1"),
    "day_first_date": csv_cell("DADTC", "07-12-2026"),
    "study_day_zero": csv_cell("DADY", "0"),
    "sequence_twice": csv_cell("DASEQ", "7"),
    "column_missing": csv_row(lambda rows: [row[1:] for row in rows]),
}
TWINS = {"sdtm-da": OF_DA, "sdtm-da-json": OF_DATASET, "sdtm-ec": of_domain("EC"), "sdtm-ex": of_domain("EX"), "sdtm-ec-json": OF_DATASET, "sdtm-ex-json": OF_DATASET}
CHECKS = {"sdtm-da": table("DA"), "sdtm-da-json": dataset("DA"), "sdtm-ec": table("EC"), "sdtm-ex": table("EX"), "sdtm-ec-json": dataset("EC"), "sdtm-ex-json": dataset("EX")}
