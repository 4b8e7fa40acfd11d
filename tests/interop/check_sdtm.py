"""SDTM EC and EX: CSV by duckdb, Dataset-JSON by dsjframe, both with the controlled terms of CDISC (2025-03-28)."""

import csv
import io
import json
import os
import re
from datetime import date
from decimal import Decimal
from functools import cache
from math import ceil
from pathlib import Path

import dsjframe
import duckdb
from harness import expected, halves, later, must, same

EC = """STUDYID DOMAIN USUBJID ECSEQ ECREFID ECTRT ECMOOD ECPRESP ECOCCUR ECREASOC ECDOSE ECDOSU ECDOSFRM ECDOSFRQ ECDOSRGM
ECROUTE ECADJ EPOCH ECSTDTC ECENDTC ECSTDY ECENDY""".split()
EX = [name.replace("EC", "EX", 1) if name.startswith("EC") else name for name in EC if name[2:] not in ("MOOD", "PRESP", "OCCUR", "REASOC")]
NAMES = {"EC": EC, "EX": EX}
LISTS = {"ROUTE": "C66729", "DOSU": "C71620", "DOSFRQ": "C71113", "EPOCH": "C99079", "MOOD": "C125923", "DOSFRM": "C66726"}
DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


@cache
def terms():
    """Submission values by code list; `run` takes them from a package of CDISC's own terms."""
    return {code: set(values) for code, values in json.loads((Path(os.environ["INTEROP_TOOLS"]) / "terms.json").read_text()).items()}


def shaped(domain, names, rows, made_of_anything):
    """The rules of the standard that need nothing beside the file."""
    same(NAMES[domain], names, "variables")
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
            must(not of(name) or DAY.match(of(name)) and date.fromisoformat(of(name)), f"{where}: {of(name)!r} is no date")
        must(of("STDTC") <= of("ENDTC"), f"{where}: ends before it begins")
        must(of("STDY") != "0" and of("ENDY") != "0", f"{where}: there is no study day 0")
        must(not of("DOSE") or Decimal(of("DOSE")) > 0 and of("DOSU"), f"{where}: a dose is blank or above zero, with a unit")
        occurred(domain, where, of)


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
    first = min(date.fromisoformat(dose["date"]) for dose in want["doses"])
    doses = [half for dose in want["doses"] if domain == "EC" or dose["state"] == "given" for half in halves(dose)]
    same(len(doses), len(rows), "rows")
    draft = want["regimen"]["status"] == "draft"
    for dose, row in zip(doses, rows):
        ours = one(dose, domain, first)
        same(ours, {name: row[name] for name in ours}, f"row {row[domain + 'SEQ']}")
        must(row[domain + "DOSRGM"].startswith("DRAFT") == draft, "no DRAFT in the intended regimen")


def one(dose, domain, first):
    """What the row of a dose must hold."""
    name = " ".join(filter(None, (dose["drug"], dose["formulation"])))
    days = Decimal(dose["over_minutes"] or 0) / (24 * 60)
    through = dose.get("through") or later(dose["date"], ceil(days) if days >= 1 else 0)
    amount = Decimal(dose["dose"]) * Decimal(dose["infusion_days"] or 1)
    day = lambda iso: str((date.fromisoformat(iso) - first).days + 1)
    taken = dose["state"] != "omitted"
    values = {
        "TRT": "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in name.upper()),
        "DOSE": format(amount.normalize(), "f") if taken else "", "DOSU": {"mcg": "ug", "units": "IU"}.get(dose["unit"], dose["unit"]) if taken else "",
        "STDTC": dose["date"] if taken else "", "ENDTC": through if taken else "", "STDY": day(dose["date"]) if taken else "", "ENDY": day(through) if taken else "",
        "DOSFRQ": {None: "ONCE", 1: "QD", 2: "BID", 3: "TID"}[dose.get("times_a_day")],
        "REFID": "/".join(filter(None, (dose["phase"], f"C{dose['cycle']}", f"D{dose['day']}", dose["id"], dose["part"]))),
    }
    if domain == "EC":
        values["MOOD"] = "PERFORMED" if dose["state"] in ("given", "omitted") else "SCHEDULED"
        values["OCCUR"] = {"given": "Y", "omitted": "N"}.get(dose["state"], "")
        values["REASOC"] = dose["reason"] if dose["state"] == "omitted" else ""
    return {"STUDYID": "NPC-1", "USUBJID": "NPC-1-S-014", **{domain + name: value for name, value in values.items()}}


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
        want = expected(path)
        must(want is None or ("DRAFT" in document["label"]) == (want["regimen"]["status"] == "draft"), "no DRAFT in the label")

    return accept


def text(value):
    return "" if value is None else format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


CHECKS = {"sdtm-ec": table("EC"), "sdtm-ex": table("EX"), "sdtm-ec-json": dataset("EC"), "sdtm-ex-json": dataset("EX")}
