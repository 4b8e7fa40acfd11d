"""Recorded courses, cell by cell: what was typed into a record (courses.py) against what every format says of it.

The program records and writes; every file is read by somebody else's reader, brought to the same few fields, and compared with
what was typed. Then every comparison is tried on a broken twin: each field of each dose changed, each dose left out, one added. A
twin that passes is a failure: a comparison that sees nothing proves nothing.
"""

import csv
import io
import json
import os
import subprocess
import tempfile
from dataclasses import asdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import courses
import icalendar
import openpyxl
import pyarrow.parquet
from courses import PERSON, START, TODAY, WHO, iso, plain
from harness import Defect, must, same

PROGRAM = os.environ["INTEROP_PROGRAM"]
ROOT = Path(__file__).parent.parent.parent
COMMON = ["--study", "NPC-1", "--namespace", "7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f", "--generated-at", "2026-11-30T12:00:00Z", "--show-drugs"]
FULL = "planned_date planned_dose given_date given_dose state reason planned_reason by".split()
TIMED = [*FULL, "begins", "ends"]


class Clinic:
    """A record of its own, and the program."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def run(self, *arguments):
        told = subprocess.run(
            [PROGRAM, *arguments, "--data", str(self.folder / "record")], capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "POSOLOGY_TODAY": TODAY, "HOME": str(self.folder)},
        )
        return told

    def record(self, code, arguments):
        """Recorded; whatever is asked is answered."""
        answers = []
        for _ in range(8):
            told = self.run("subject", arguments[0], code, *arguments[1:], *answers, "--who", WHO, "--yes", "--json")
            if told.returncode == 0:
                return
            said = json.loads(told.stdout)
            asked = [one["code"] for one in [said["error"], *said.get("findings", [])] if one["severity"] == "warn"]
            answers = [part for one in dict.fromkeys(asked) for part in ("--accept", f"{one}=as it happened")] or answers
        must(False, f"{code} {' '.join(arguments)}: {told.stderr[-600:]}")

    def write(self, code, format_id, *more):
        path = self.folder / f"{code}.{format_id}"
        told = self.run("subject", "plan", code, "--as", format_id, *COMMON, "-o", str(path), "--force", *more)
        must(told.returncode == 0, f"{code} as {format_id}: {told.stderr[-600:]}")
        return path, told.stderr


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def figure(value):
    return "" if value in (None, "") else plain(Decimal(str(value)))


def day(value):
    return "" if value in (None, "") else str(value)[:10]


def clock(value):
    """A day and a time; nothing where the day alone is known."""
    return value if len(value) > 10 else ""


def one(cycle, part, **fields):
    """A dose as a file has it."""
    return {"cycle": int(cycle), "part": part or "", **fields}


# Each reader: the doses of one drug on day 1, as the file has them.


def read_csv(path, course):
    return [
        one(row["cycle"], row["part"], planned_date=row["planned_date"], planned_dose=figure(row["planned_dose"]), given_date=row["given_date"], given_dose=figure(row["given_dose"]), state=row["state"], reason=row["reason"], planned_reason=row["planned_reason"], by=row["recorded_by"], begins=row["given_begins"], ends=row["given_ends"])
        for row in rows_of(path)
        if row["drug_id"] == course.drug and row["day"] == "1" and row["phase"] == course.phase
    ]


def document(dose):
    planned, given = dose["planned"] or {}, dose["given"] or {}
    return one(
        dose["cycle"], dose["part"], planned_date=day(planned.get("date")), planned_dose=figure(planned.get("dose")), given_date=day(given.get("date")), given_dose=figure(given.get("dose")),
        planned_reason="; ".join(f"{one['what']}: {one['reason']}" for one in dose["changed"]),
        state=dose["state"], reason=dose["reason"] or "", by=(dose["recorded"] or {}).get("by", ""),
        begins=given.get("begins") or "", ends=given.get("ends") or "",
    )


def wanted(dose, course):
    return dose["id"] == course.drug and dose["day"] == 1 and (dose["phase"] or "") == course.phase


def read_json(path, course):
    return [document(dose) for dose in json.loads(path.read_text("utf-8"))["doses"] if wanted(dose, course)]


def read_jsonl(path, course):
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [document(line) for line in lines if line["record"] == "dose" and wanted(line, course)]


def read_parquet(path, course):
    return [
        one(row["cycle"], row["part"], planned_date=day(row["planned_date"]), planned_dose=figure(row["planned_dose"]), given_date=day(row["given_date"]), given_dose=figure(row["given_dose"]), state=row["state"], reason=row["reason"] or "", planned_reason=row["planned_reason"] or "", by=row["recorded_by"] or "", begins=row["given_begins"] or "", ends=row["given_ends"] or "")
        for row in pyarrow.parquet.read_table(path).to_pylist()
        if wanted(row, course)
    ]


def sheet(path, name):
    rows = list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))
    return [dict(zip(rows[1], row)) for row in rows[2:]]


def read_xlsx(path, course):
    return [
        one(row["cycle"], row["part"], planned_date=day(row["planned_date"]), planned_dose=figure(row["planned_dose"]), given_date=day(row["given_date"]), given_dose=figure(row["given_dose"]), state=row["state"], reason=row["reason"] or "", planned_reason=row["planned_reason"] or "", by=row["recorded_by"] or "")
        for row in sheet(path, "Schedule")
        if course.name in row["drug"].lower() and row["day"] == 1 and (row["phase"] or "") == course.phase and row["role"] == "treatment"
    ]


REDCAP = {"1": "projected", "2": "given", "3": "held", "4": "omitted", "5": "incomplete", "6": "missed"}


def read_redcap(path, course):
    return [
        one(row["ds_cycle"], row["ds_part"], planned_date=row["ds_date"], planned_dose=figure(row["ds_dose"]), given_date=row["ds_given_date"], given_dose=figure(row["ds_given_dose"]), state=REDCAP[row["ds_status"]], reason=row["ds_reason"], planned_reason=row["ds_planned_reason"], by=row["ds_recorded_by"])
        for row in rows_of(path)
        if row["ds_drug"] == course.drug and row["ds_day"] == "1" and row["ds_phase"] == course.phase and row["ds_status"] != "7"
    ]


def identity(course, cycle, part=""):
    return "/".join(filter(None, [course.phase, f"C{cycle}", "D1", course.drug, part]))


def read_ec(path, course):
    """SCHEDULED and PERFORMED of one identity together; a part more has the link of the first."""
    found = {}
    for row in rows_of(path):
        places = {identity(course, cycle, part): (cycle, part) for cycle in range(1, 20) for part in ("", "again 2")}
        if row["ECREFID"] not in places:
            continue
        cycle, part = places[row["ECREFID"]]
        same(identity(course, cycle), row["ECLNKID"], "ECLNKID")
        same("STUDY TREATMENT", row["ECCAT"], "ECCAT")
        got = found.setdefault((cycle, part), one(cycle, part, planned_date="", planned_dose="", given_date="", given_dose="", happened="", reason="", planned_reason="", begins="", ends=""))
        if row["ECMOOD"] == "SCHEDULED":
            must(not got["planned_date"], f"{row['ECREFID']} is scheduled twice")
            got |= {"planned_date": row["ECSTDTC"], "planned_dose": row["ECDOSE"]}
            said = row["ECADJ"].split("; ")
            if said[0].startswith("held: "):
                got["reason"] = said.pop(0).removeprefix("held: ")
            got["planned_reason"] = "; ".join(said)
        else:
            # Behind the reason of a dose that was given stands that of its level or its day.
            why = row["ECADJ"].removesuffix(got["planned_reason"]).removesuffix("; ") if row["ECOCCUR"] == "Y" else row["ECREASOC"]
            got |= {"given_date": day(row["ECSTDTC"]), "begins": clock(row["ECSTDTC"]), "ends": clock(row["ECENDTC"]), "given_dose": row["ECDOSE"], "happened": row["ECOCCUR"], "reason": why}
    return list(found.values())


def read_ex(path, course):
    """What went in, and nothing else."""
    places = {identity(course, cycle, part): (cycle, part) for cycle in range(1, 20) for part in ("", "again 2")}
    return [one(*places[row["EXREFID"]], given_date=day(row["EXSTDTC"]), given_dose=row["EXDOSE"], day=row["EXSTDY"], begins=clock(row["EXSTDTC"]), ends=clock(row["EXENDTC"])) for row in rows_of(path) if row["EXREFID"] in places]


STATUS = {"draft": "projected", "active": "projected", "completed": "given", "cancelled": "omitted", "stopped": "missed", "on-hold": "held"}


def read_fhir(path, course):
    entries = [entry["resource"] for entry in json.loads(path.read_text("utf-8"), parse_float=Decimal)["entry"]]
    named = lambda kind: [one for one in entries if one["resourceType"] == kind]
    observed = {f"urn:uuid:{one['id']}": one for one in named("Observation")}
    found, where = {}, {}
    for request in named("MedicationRequest"):
        for cycle in range(1, 20):
            if request["identifier"][0]["value"] == identity(course, cycle):
                dosage = request["dosageInstruction"][0]
                dose = [rate for rate in dosage["doseAndRate"] if rate["type"]["coding"][0]["code"] == "calculated"][0]
                used = [observed[one["reference"]] for one in request.get("supportingInformation", [])]
                weight = [figure(one["valueQuantity"]["value"]) for one in used if one["code"].get("coding", [{}])[0].get("code") == "29463-7"]
                where[f"urn:uuid:{request['id']}"] = cycle
                reason = request.get("statusReason", {}).get("text", "")
                told = [note["text"] for note in request["note"] if note["text"].startswith(("delayed by ", "80 % of the dose: "))]
                found[cycle, ""] = one(cycle, "", planned_reason="; ".join(told), planned_date=dosage["timing"]["event"][0], planned_dose=figure(dose["doseQuantity"]["value"]), given_date="", given_dose="", state=STATUS[request["status"]], reason=reason, weight="".join(weight))
    for given in named("MedicationAdministration"):
        cycle = where.get(given.get("request", {}).get("reference"))
        if cycle is None:
            continue
        if given["status"] == "not-done":
            same(found[cycle, ""]["reason"], given["statusReason"][0]["text"], "statusReason")
            continue
        part = "again 2" if found[cycle, ""]["given_date"] else ""
        got = found.setdefault((cycle, part), one(cycle, part, planned_date="", planned_dose="", state="", reason="", planned_reason="", weight=""))
        if cycle == 1:
            same((iso(START), iso(START + timedelta(1))), tuple(given["effectivePeriod"].values()), "from 23:30 to 01:00")
            must("at 23:30 until Tue 03-Mar-2026 01:00" in given["note"][0]["text"], "no clock in the note")
        got |= {"given_date": given["effectivePeriod"]["start"], "given_dose": figure(given["dosage"]["dose"]["value"])}
        got["state"] = "incomplete" if given["status"] == "stopped" else "given"
        notes = given.get("note", [{"text": ""}])[0]["text"].split("; ")
        got["reason"] = given["statusReason"][0]["text"] if "statusReason" in given else next((one for one in notes if one == "wrong bag"), "")
    return list(found.values())


def read_nonmem(path, course):
    """Events of the drug; TIME counts from the first of all, which is the first day of the course or the evening before."""
    rows = rows_of(path)
    page = path.with_suffix(".nonmem-page").read_text("utf-8")
    zero = date.fromisoformat(page.split("\nTime zero\n  ")[1][:10])
    numbers = [line.split()[0] for line in page.split("\nDrugs and compartments")[1].splitlines() if course.name in line.lower() and " amounts in " in line]
    same(1, len(numbers), "drugs of that name")
    of = [row for row in rows if row["DRUG"] == numbers[0] and row["DAY"] == "1" and (not course.phase or row["PHASE"] == "1")]
    return [
        one(row["CYCLE"], "", date=iso(zero + timedelta(int(Decimal(row["TIME"]) // 24))), dose=figure(row["AMT"]), given=row["GIVEN"], rate=row["RATE"], weight=figure(row["WT"]))
        for row in of
    ]


def read_ics(path, course):
    """The visit of each dose, and what its line says."""
    found = []
    for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        for line in str(event["DESCRIPTION"]).splitlines():
            if course.name in line.lower() and " mg" in line:
                place = str(event["SUMMARY"]).split(": ")[0].split()[-1]
                words = line.rstrip(".").split(", ")
                state = words[-1] if words[-1] in ("given", "incomplete", "held", "omitted", "missed") else "projected"
                dose = line.lower().split(course.name)[1].split(" mg")[0].split()[-1].replace(",", "")
                cycle, on = place.removeprefix("C").removeprefix("CANCELLED").split("D")
                if on == "1" and (not course.phase or "phase 1" in str(event["SUMMARY"])):
                    found.append(one(cycle, "", date=iso(event.decoded("DTSTART"))[:10], dose=figure(dose), state=state))
    return found


def typed(course):
    return [asdict(row) for row in course.rows]


def as_ec(row):
    happened = {"given": "Y", "incomplete": "Y", "omitted": "N", "missed": "N"}.get(row["state"], "")
    return {**row, "happened": happened}


def as_ex(row):
    first = (date.fromisoformat(row["given_date"]) - START).days + 1
    return {**row, "day": str(first)}


def as_fhir(course):
    def of(row):
        # The request of a dose in two parts is that of its first; the new weight counts from cycle 4 on.
        weight = "" if not row["planned_date"] or course.flat and not row["planned_date"] else "58" if row["cycle"] == 4 and not course.flat else "65"
        return {**row, "weight": weight}

    return of


def as_event(course):
    def of(row):
        dose, given = row["given_dose"] or row["planned_dose"], int(bool(row["given_date"]))
        # An infusion that was broken off ran as fast as it was planned.
        by = row["planned_dose"] if row["state"] == "incomplete" and row["planned_dose"] else dose
        rate = "0" if course.bolus else "-2" if not course.minutes else plain((Decimal(by) * 60 / course.minutes).quantize(Decimal("1e-6")))
        # What went in beyond the plan has no length of its own.
        rate = "-2" if row["part"] else rate
        if row["begins"]:
            # Whoever wrote down when it began and ended knows how fast it ran: from 23:30 to 01:00 in 90 minutes.
            rate = plain((Decimal(dose) * 60 / 90).quantize(Decimal("1e-6"), ROUND_HALF_UP))
        weight = "58" if row["cycle"] == 4 and not course.flat else "65"
        return {"cycle": row["cycle"], "part": "", "date": row["given_date"] or row["planned_date"], "dose": dose, "given": str(given), "rate": rate, "weight": weight}

    return of


def as_visit(row):
    return {"cycle": row["cycle"], "part": "", "date": row["given_date"] or row["planned_date"], "dose": row["given_dose"] or row["planned_dose"], "state": row["state"]}


def compare(read, want, fields):
    """Both ways: nothing missing, nothing more, every field."""
    order = lambda row: (row["cycle"], row["part"], *(str(row[name]) for name in fields))
    read, want = sorted(read, key=order), sorted(want, key=order)
    same([(row["cycle"], row["part"]) for row in want], [(row["cycle"], row["part"]) for row in read], "doses")
    for ours, theirs in zip(want, read):
        for name in fields:
            same(ours[name], theirs[name], f"cycle {ours['cycle']} {ours['part']} {name}")


def twins(read, want, fields):
    """Each field of each dose changed, each dose gone, one more: every one must be refused."""
    broken = 0
    for at, row in enumerate(read):
        changed = [[*read[:at], {**row, name: f"{row[name]}9"}, *read[at + 1 :]] for name in fields]
        for twin in [*changed, [*read[:at], *read[at + 1 :]], [*read, row]]:
            try:
                compare(twin, want, fields)
            except Defect:
                broken += 1
                continue
            must(False, f"a broken twin passes: cycle {row['cycle']} {row['part']}")
    return broken


def recorded(rows, course):
    """The doses that something was recorded of: what is still to come is compared between the formats elsewhere."""
    return [row for row in rows if row["cycle"] <= 4]


def look(clinic, course):
    """Every format of one course. Returns how many twins were refused."""
    add = [course.regimen, *PERSON, "--start", iso(START), *(["--accept", "draft=training"])]
    clinic.record(course.code, ["add", *add])
    for act in course.acts:
        clinic.record(course.code, act)
    if course.moved:
        before = instances(clinic.write(course.code, "redcap-import")[0])
        version(clinic, course)
        after = instances(clinic.write(course.code, "redcap-import")[0])
        must(all(after.get(key) == number for key, number in before.items()), "a version moved an instance of REDCap")
    clinic.record(course.code, ["stop", "--on", TODAY, "--reason", "disease progression"])
    want = typed(course)
    performed = [row for row in want if row["given_date"]]
    left = [row for row in want if row["state"] in ("omitted", "missed", "held")]
    clinic.write(course.code, "nonmem-page")
    table = [
        ("csv", read_csv, want, TIMED), ("json", read_json, want, TIMED), ("jsonl", read_jsonl, want, TIMED), ("parquet", read_parquet, want, TIMED),
        ("xlsx", read_xlsx, want, FULL), ("redcap-import", read_redcap, want, FULL),
        ("sdtm-ec", read_ec, [as_ec(row) for row in want], "planned_date planned_dose given_date given_dose happened reason planned_reason begins ends".split()),
        ("sdtm-ex", read_ex, [as_ex(row) for row in performed], "given_date given_dose day begins ends".split()),
        ("fhir", read_fhir, [as_fhir(course)(row) for row in want], "planned_date planned_dose given_date given_dose state reason planned_reason weight".split()),
        ("nonmem", read_nonmem, [as_event(course)(row) for row in want if row not in left], "date dose given rate weight".split()),
        ("ics", read_ics, [as_visit(row) for row in want], "date dose state".split()),
    ]
    broken = 0
    for format_id, reader, ours, fields in table:
        path, told = clinic.write(course.code, format_id)
        read = recorded(reader(path, course), course)
        # What was not given has neither day nor dose; in EC and EX a level's reason stands behind others.
        try:
            compare(read, ours, fields)
        except Defect as error:
            raise Defect(f"{course.code} {course.regimen} as {format_id}: {error}") from error
        broken += twins(read, ours, fields)
        if format_id == "nonmem":
            must(("WARN" in told) == any(row["rate"] == "-2" for row in reader(path, course)) or "WARN" in told, "no WARN of infusions without a length")
    return broken + record_of(clinic, course)


def instances(path):
    return {row["ds_key"]: row["redcap_repeat_instance"] for row in rows_of(path)}


def version(clinic, course):
    """The same regimen with a number more in its version, and its drugs the other way round."""
    text = (ROOT / "regimens" / f"{course.regimen}.toml").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("version"))
    text = text.replace(line, 'version    = "99"', 1)
    path = clinic.folder / f"{course.regimen}.toml"
    path.write_text(text)
    clinic.record(course.code, ["move", str(path), "--reason", "amendment 2"])


def record_of(clinic, course):
    """The entries, the end of treatment and the intensity stand where they belong."""
    history = rows_of(clinic.write(course.code, "csv-history")[0])
    kinds = {"given": "given", "delay": "delayed", "measure": "measured", "level": "changed", "omit": "omitted", "hold": "held"}
    acts = ["enrolled", *(kinds[act[0]] for act in course.acts), *(["moved"] if course.moved else []), "stopped"]
    same(acts, [row["kind"] for row in history], f"{course.code}: entries")
    same({WHO}, {row["recorded_by"] for row in history}, "who")
    reasons = [act[act.index("--reason") + 1] if "--reason" in act else "" for act in course.acts]
    same(reasons, [row["reason"] for row in history if row["kind"] not in ("enrolled", "moved", "stopped")], "reasons")
    same("disease progression", history[-1]["reason"], "the reason of the end")
    same([row["kind"] for row in history], [row["kind"] for row in sheet(clinic.folder / f"{course.code}.xlsx", "History")], "history of the workbook")
    dropped = [row for row in rows_of(clinic.folder / f"{course.code}.redcap-import") if row["ds_status"] == "7"]
    # Cycles that were over by then are not dropped.
    same({"disease progression"} if dropped else set(), {row["ds_reason"] for row in dropped}, "why REDCap's doses were dropped")
    columns = pyarrow.parquet.read_table(clinic.folder / f"{course.code}.parquet").to_pylist()
    same({(TODAY, "disease progression")}, {(row["discontinued"], row["discontinued_reason"]) for row in columns}, "the end in Parquet")
    ended = json.loads((clinic.folder / f"{course.code}.json").read_text("utf-8"))["discontinued"]
    same((TODAY, "disease progression"), (ended["date"], ended["reason"]), "the end in JSON")
    given = sum((Decimal(row.given_dose) for row in course.rows if row.given_dose), Decimal(0))
    intensity = [row for row in rows_of(clinic.write(course.code, "csv-intensity")[0]) if row["drug_id"] == course.drug]
    must(any(Decimal(row["delivered"]) == given for row in intensity), f"{course.code}: {given} delivered, not {[row['delivered'] for row in intensity]}")
    # A dose in two parts is one.
    doses = len([row for row in course.rows if row.given_dose and not row.part])
    must(any(row["doses"] == str(doses) for row in intensity), f"{course.code}: {doses} doses, not {[row['doses'] for row in intensity]}")
    provenance = {row["name"]: row["value"] for row in rows_of(clinic.write(course.code, "csv-provenance")[0])}
    same("disease progression", provenance["discontinued_reason"], "the end in the provenance")
    return 0


def home(clinic):
    """XELOX at 150 cm and 54 kg (1.5 m²: 1,500 mg each time, 28 doses): 98 tablets out, 24 doses taken, 14 tablets back, and from
    cycle 2 on 67 % of the dose (2,010 mg a day, to 500 mg 2,000 mg: 1,000 mg each time) out of the same bottle."""
    code = "S-020"
    person = ["--height", "150", "--weight", "54", "--sex", "female", "--age", "54", "--creatinine", "0.7 mg/dL"]
    clinic.record(code, ["add", "gi-xelox", *person, "--start", iso(START), "--accept", "draft=training"])
    clinic.record(code, ["given", "--cycle", "1", "--drug", "oxaliplatin"])
    run = ["--cycle", "1", "--drug", "capecitabine"]
    clinic.record(code, ["supply", "dispensed", "98", *run, "--on", iso(START)])
    end = START + timedelta(21)
    clinic.record(code, ["supply", "taken", "24", *run, "--on", iso(end), "--reason", "forgot four"])
    clinic.record(code, ["supply", "returned", "14", *run, "--on", iso(end)])
    clinic.record(code, ["level", "capecitabine=67%", "--from", "2", "--reason", TOXICITY_HOME])
    rows = [row for row in rows_of(clinic.write(code, "csv")[0]) if row["drug_id"] == "capecitabine"]
    first, second = rows[0], rows[1]
    same(("incomplete", "24", "4", "36000", "42000", "1500"), tuple(first[name] for name in "state administrations missed given_total planned_total given_dose".split()), "the run that was counted")
    same(("projected", "1000", "28"), tuple(second[name] for name in "state planned_dose administrations".split()), "the run after the change")
    counted = [(row["act"], row["count"], row["date"]) for row in rows_of(clinic.write(code, "csv-home")[0])]
    same([("dispensed", "98", iso(START)), ("taken", "24", iso(end)), ("returned", "14", iso(end))], counted, "home doses")
    ec = [row for row in rows_of(clinic.write(code, "sdtm-ec")[0]) if row["ECREFID"] == "C1/D1/capecitabine"]
    same([("SCHEDULED", ""), ("PERFORMED", "Y"), ("PERFORMED", "N")], [(row["ECMOOD"], row["ECOCCUR"]) for row in ec], "EC of the run")
    same("4 doses not taken: forgot four", ec[2]["ECREASOC"], "why")
    same(["BID", "BID", ""], [row["ECDOSFRQ"] for row in ec], "frequency")
    ex = [row for row in rows_of(clinic.write(code, "sdtm-ex")[0]) if row["EXTRT"] == "CAPECITABINE"]
    same([("1500", "BID")], [(row["EXDOSE"], row["EXDOSFRQ"]) for row in ex], "home doses are exposure")
    form = [row for row in rows_of(clinic.write(code, "redcap-import")[0]) if row["ds_drug"] == "capecitabine" and row["ds_cycle"] == "1"]
    same([("28", "24", "4")], [tuple(row[name] for name in "ds_administrations ds_given_administrations ds_missed_administrations".split()) for row in form], "planned, taken and missed")
    clinic.write(code, "nonmem-page")
    events = rows_of(clinic.write(code, "nonmem")[0])
    taken = [row for row in events if row["AMT"] == "1500" and row["CYCLE"] == "1"]
    same((24, {"1"}), (len(taken), {row["GIVEN"] for row in taken}), "events of the doses taken")
    intensity = [row for row in rows_of(clinic.write(code, "csv-intensity")[0]) if row["drug_id"] == "capecitabine"][0]
    # 24 of 28 doses.
    same(("36000", "85.7143"), (intensity["delivered"], intensity["dose_percent"]), "intensity")
    fhir = json.loads(clinic.write(code, "fhir")[0].read_text("utf-8"))
    done = [one["resource"] for one in fhir["entry"] if one["resource"]["resourceType"] == "MedicationAdministration" and "capecitabine" in one["resource"]["medicationCodeableConcept"]["text"]]
    same([("stopped", "24 of 28 doses taken; forgot four")], [(one["status"], one["note"][0]["text"]) for one in done], "FHIR")


TOXICITY_HOME = "hand-foot syndrome"


def recorded_courses():
    with tempfile.TemporaryDirectory() as folder:
        clinic = Clinic(folder)
        every = courses.all_courses()
        broken = sum(look(clinic, course) for course in every)
        home(clinic)
        return f"{len(every) + 1} recorded courses in 11 formats, {broken} broken twins refused"


OWN = {"recorded courses": recorded_courses}
