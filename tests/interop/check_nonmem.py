"""The event table by the rules of NONMEM and mrgsolve, read by duckdb; the page beside it."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import duckdb
from harness import csv_cell, csv_row, expected, must, same


def read(path):
    relation = duckdb.sql(f"select * from read_csv('{path}', strict_mode=true, header=true, delim=',', nullstr='.', sample_size=-1)")
    for name, kind in zip(relation.columns, relation.types):
        must(str(kind) in ("BIGINT", "DOUBLE", "VARCHAR"), f"{name} is {kind}")
    numeric = ", ".join(f'"{name}"::DECIMAL(24,8) AS "{name}"' for name in relation.columns)
    rows = relation.project(numeric).fetchall()
    return [dict(zip(relation.columns, row)) for row in rows]


def rules(rows):
    must(rows, "no event")
    before = (Decimal(0), Decimal(0))
    for at, row in enumerate(rows):
        where = f"row {at + 1}"
        must(row["ID"] == int(row["ID"]) > 0, f"{where}: ID")
        must((row["ID"], row["TIME"]) >= before and row["TIME"] >= 0, f"{where}: TIME runs backwards")
        before = (row["ID"], row["TIME"])
        must(row["EVID"] == 1 and row["MDV"] == 1 and row["DV"] is None, f"{where}: not a dose")
        must(row["AMT"] is not None and row["AMT"] > 0, f"{where}: a dose needs an amount above zero")
        must(row["RATE"] >= 0 or row["RATE"] == -2, f"{where}: RATE")
        must(row["ADDL"] == 0 or row["II"] > 0, f"{where}: ADDL without II")
        must(row["CMT"] >= 1, f"{where}: CMT")


def all_of(dose):
    """The dose, times the days of an infusion that is dosed by the day: worked out here, not taken from the total."""
    return Decimal(dose["dose"]) * Decimal(dose["infusion_days"] or 1)


def substance(dose):
    return dose["drug"], dose["formulation"], dose["route"], dose["unit"]


def table(path):
    rows = read(path)
    rules(rows)
    want = expected(path, "expanded.json")
    if want is None:
        return
    doses = [dose for dose in want["doses"] if dose["state"] not in ("held", "omitted", "missed") and Decimal(dose["dose"]) > 0]
    same(len(doses), len(rows), "events")
    first = min(date.fromisoformat(dose["date"]) for dose in doses)
    drugs = {}
    for dose in doses:
        drugs.setdefault(substance(dose), len(drugs) + 1)
    half = {"evening": 12}

    def stated(dose):
        clock = dose["given_begins"] if dose["given_date"] else dose["planned_begins"]
        if clock:
            return Decimal(int(clock[11:13])) + Decimal(int(clock[14:16])) / 60
        return Decimal(dose["hours_after"]) % 24 if dose["hours_after"] else half.get(dose["part"], 0)

    ours = []
    for dose in doses:
        hours = 24 * (date.fromisoformat(dose["date"]) - first).days + stated(dose)
        minutes = dose.get("over_minutes")
        amount = all_of(dose)
        # Never a bolus where an infusion has no single length.
        once = dose["over"] == "bolus" or not dose["over"] and not dose["route"].startswith("intravenous")
        rate = (amount * 60 / Decimal(minutes)).quantize(Decimal("1e-6"), ROUND_HALF_UP) if minutes else Decimal(0 if once else -2)
        weight, bsa = (Decimal(dose[name] or (want["subject"][name] or "0").split()[0]) for name in ("weight", "bsa"))
        ours.append((Decimal(hours), amount, rate, weight, bsa, dose["cycle"], dose["day"], drugs[substance(dose)], int(dose["given_date"] is not None)))
    theirs = [tuple(row[name] or Decimal(0) for name in "TIME AMT RATE WT BSA CYCLE DAY DRUG GIVEN".split()) for row in rows]
    same(sorted(ours), sorted(theirs), "events")
    must(all(row["ID"] == 1 and row["PHASE"] >= 1 for row in rows), "ID and PHASE")


def specification(path):
    text = path.read_bytes().decode("utf-8")
    for name in ("ID", "TIME", "AMT", "RATE", "II", "ADDL", "EVID", "CMT", "MDV", "SS", "DV", "WT", "HT", "BSA", "AGE", "SEX", "PHASE", "CYCLE", "DAY", "DRUG", "GIVEN", "CERTAIN", "DRAFT"):
        must(re.search(rf"^{name}\s{{2,}}\S", text, re.M), f"{name} is not specified")
    must(re.search(r"^  \d{4}-\d\d-\d\d, the day of the first dose$", text, re.M), "no time zero")
    must(re.search(r"regimen_sha256: [0-9a-f]{64}", text), "no SHA-256")
    want = expected(path)
    if want is not None:
        same(len({substance(dose) for dose in want["doses"]}), len(re.findall(r"amounts in", text)), "drugs")
        must(re.search(r"^  \d+ infusions have RATE -2", text, re.M), "nothing said of infusions without a length")
        must(all(name in text for name in ("NONMEM", "mrgsolve", "rxode2", "PKPDsim")), "a reader is missing")


TWINS = {
    "nonmem": {
        "addl_without_ii": csv_cell("ADDL", "3"),
        "amount_missing": csv_cell("AMT", "."),
        "negative_rate": csv_cell("RATE", "-1"),
        "text_in_a_cell": csv_cell("DRUG", "oxaliplatin"),
        "time_runs_backwards": csv_row(lambda rows: [rows[0], *reversed(rows[1:])]),
        "an_observation": csv_cell("EVID", "0"),
        "no_subject": csv_cell("ID", "0"),
    },
    "nonmem-page": {
        "column_missing": lambda data: data.replace(b"\nRATE ", b"\nSPEED ", 1),
        "no_time_zero": lambda data: data.replace(b", the day of the first dose", b"", 1),
        "no_hash": lambda data: data.replace(b"regimen_sha256", b"regimen_hash", 1),
    },
}
CHECKS = {"nonmem": table, "nonmem-page": specification}
