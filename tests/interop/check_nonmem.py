"""The event table by the rules of NONMEM and mrgsolve, read by duckdb; its specification; PKPDsim's vectors."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import duckdb
from harness import expected, must, same


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
        must(row["RATE"] >= 0, f"{where}: RATE")
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
    doses = [dose for dose in want["doses"] if dose["state"] not in ("held", "omitted") and Decimal(dose["dose"]) > 0]
    same(len(doses), len(rows), "events")
    first = min(date.fromisoformat(dose["date"]) for dose in doses)
    drugs = {}
    for dose in doses:
        drugs.setdefault(substance(dose), len(drugs) + 1)
    half = {"evening": 12}
    stated = lambda dose: Decimal(dose["hours_after"]) % 24 if dose["hours_after"] else half.get(dose["part"], 0)
    ours = []
    for dose in doses:
        hours = 24 * (date.fromisoformat(dose["date"]) - first).days + stated(dose)
        minutes = dose.get("over_minutes")
        amount = all_of(dose)
        rate = (amount * 60 / Decimal(minutes)).quantize(Decimal("1e-6"), ROUND_HALF_UP) if minutes else Decimal(0)
        ours.append((Decimal(hours), amount, rate, dose["cycle"], dose["day"], drugs[substance(dose)]))
    theirs = [(row["TIME"], row["AMT"], row["RATE"], row["CYCLE"], row["DAY"], row["DRUG"]) for row in rows]
    same(sorted(ours), sorted(theirs), "events")
    weight = want["subject"]["weight"]
    must(all(row["WT"] == Decimal(weight.split()[0]) for row in rows), "WT")


def specification(path):
    text = path.read_bytes().decode("utf-8")
    for name in ("ID", "TIME", "AMT", "RATE", "II", "ADDL", "EVID", "CMT", "MDV", "SS", "DV", "WT", "HT", "BSA", "AGE", "SEX", "CYCLE", "DAY", "DRUG", "CERTAIN"):
        must(re.search(rf"^{name}\s{{2,}}\S", text, re.M), f"{name} is not specified")
    must(re.search(r"^  \d{4}-\d\d-\d\d, the day of the first dose$", text, re.M), "no time zero")
    must(re.search(r"regimen_sha256: [0-9a-f]{64}", text), "no SHA-256")
    want = expected(path)
    if want is not None:
        same(len({substance(dose) for dose in want["doses"]}), len(re.findall(r"amounts in", text)), "drugs")


def pkpdsim(path):
    text = path.read_bytes().decode("utf-8")
    calls = re.findall(r"new_regimen\(\n(.*?)\n\)", text, re.S)
    must(calls, "no call")
    total = Decimal(0)
    for call in calls:
        vectors = dict(re.findall(r"^  (\w+) = c\(([^()]*)\),?$", call, re.M))
        same(["amt", "times", "type", "t_inf"], list(vectors), "arguments")
        vectors = {name: values.split(", ") for name, values in vectors.items()}
        must(len({len(values) for values in vectors.values()}) == 1, "vectors of different lengths")
        must(set(vectors["type"]) <= {'"infusion"', '"bolus"', '"oral"'}, "type")
        times = [Decimal(value) for value in vectors["times"]]
        must(times == sorted(times), "times")
        for kind, length in zip(vectors["type"], vectors["t_inf"]):
            must((kind == '"infusion"') == (Decimal(length) > 0), f"{kind} over {length} hours")
        total += sum(Decimal(value) for value in vectors["amt"])
    outside = re.sub(r"new_regimen\(\n.*?\n\)", "", text, flags=re.S)
    for line in outside.splitlines():
        must(not line or line.startswith("#") or line == "library(PKPDsim)" or re.fullmatch(r"drug_\d+ <- ", line), f"stray code: {line!r}")
    want = expected(path, "expanded.json")
    if want is not None:
        same(sum(all_of(dose) for dose in want["doses"] if dose["state"] not in ("held", "omitted")), total, "amount in all")


CHECKS = {"nonmem": table, "nonmem-spec": specification, "pkpdsim": pkpdsim}
