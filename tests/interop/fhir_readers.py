"""Reads bundles with fhirkit-rs and pyfhircheck, which need a Python environment of their own.

A path a line on standard input, a JSON list of problems a line on standard output; an empty list is acceptance.
The first argument is the folder of the official R4 definitions.
"""

import json
import re
import sys
from pathlib import Path

import fhirkit
from pyfhircheck.config import ValidatorConfig
from pyfhircheck.core.engine import Validator

# Both are elements of R4 (see profiles-types.json and profiles-resources.json); this reader's table lacks them.
UNKNOWN_WRONGLY = re.compile(
    r"Unknown element (MedicationRequest\.dosageInstruction\[\d+\]|MedicationAdministration\.dosage)\.text$"
)


def problems(validator, path):
    told = [f"fhirkit: {one.path}: {one.message}" for one in fhirkit.validate(path.read_bytes()) if one.severity == "error"]
    for one in validator.validate_path(path).issues:
        if one.severity.name == "ERROR" and not UNKNOWN_WRONGLY.match(one.message):
            told.append(f"pyfhircheck: {one.message}")
    return told


def main(definitions):
    names = ["profiles-resources.json", "profiles-types.json", "valuesets.json", "v3-codesystems.json"]
    validator = Validator(ValidatorConfig.load_dict({
        "localPackagePaths": [str(Path(definitions) / name) for name in names],
        "severityPolicy": {"reference.unresolved": "error"},
    }))
    for line in sys.stdin:
        try:
            answer = problems(validator, Path(line.strip()))
        except Exception as error:
            answer = [f"{type(error).__name__}: {error}"]
        print(json.dumps(answer), flush=True)


main(sys.argv[1])
