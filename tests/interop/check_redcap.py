"""REDCap: the dictionary against linkml-redcap's model, the import against a model made from our dictionary."""

import csv
import io
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import linkml_redcap
import yaml
from harness import csv_cell, csv_row, expected, halves, must, named, same
from linkml.validator import Validator
from linkml.validator.plugins import JsonschemaValidationPlugin

COLUMNS = """variable_field_name form_name section_header field_type field_label choices_calculations_slider_labels
field_note text_validation_type_or_show_slider_number text_validation_min text_validation_max identifier branching_logic
required_field custom_alignment question_number matrix_group_name matrix_ranking field_annotation""".split()
TITLES = [
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
]
STATUS = {"projected": "1", "given": "2", "held": "3", "omitted": "4", "incomplete": "5", "missed": "6"}
PATTERNS = {"date_ymd": r"^(\d{4}-\d{2}-\d{2}|)$", "number": r"^(-?\d+(\.\d+)?|)$", "integer": r"^(-?\d+|)$"}
MODEL = Path(linkml_redcap.__file__).parent / "data_dictionary/schema/redcap_data_dictionary.yaml"


@cache
def validator(schema):
    return Validator(schema, validation_plugins=[JsonschemaValidationPlugin(closed=True)])


def valid(schema, name, value):
    told = validator(schema).validate(value, name).results
    must(not told, "; ".join(one.message for one in told[:3]))


def records(path):
    text = path.read_bytes().decode("utf-8")
    must(not text.startswith("\ufeff"), "a byte-order mark")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    must(len({len(row) for row in rows}) == 1, "ragged lines")
    return rows


def dictionary(path):
    rows = records(path)
    same(TITLES, rows[0], "the eighteen columns")
    fields = [{name: cell for name, cell in zip(COLUMNS, row) if cell} for row in rows[1:]]
    valid(str(MODEL), "DataDictionary", {"fields": fields})
    same("record_id", fields[0]["variable_field_name"], "first field")
    names = [field["variable_field_name"] for field in fields]
    same(len(names), len(set(names)), "names")
    must(len({field["form_name"] for field in fields}) == 1, "the fields of the form are not together")
    for field in fields:
        must(("choices_calculations_slider_labels" in field) == (field["field_type"] == "radio"), f"choices of {field}")


@cache
def model(book):
    """A LinkML class of an import row, from the dictionary."""
    text = lambda: {"range": "string", "required": True}
    fields = {
        "record_id": {"range": "string", "required": True, "pattern": "^.+$"},
        "redcap_repeat_instrument": {"range": "string", "required": True, "pattern": "^dosing_schedule$"},
        "redcap_repeat_instance": {"range": "string", "required": True, "pattern": "^[1-9][0-9]*$"},
        "dosing_schedule_complete": {"range": "string", "required": True, "pattern": "^[012]$"},
    }
    for row in records(Path(book))[1:]:
        name, choices, kind = row[0], row[5], row[7]
        # Whether a dose is incomplete is open while none was given; every other choice is made.
        open_too = "?" if name == "ds_incomplete" else ""
        if choices:
            codes = "|".join(choice.split(",")[0].strip() for choice in choices.split("|"))
            fields.setdefault(name, {**text(), "pattern": f"^({codes}){open_too}$"})
        elif kind:
            fields.setdefault(name, {**text(), "pattern": PATTERNS[kind]})
        else:
            fields.setdefault(name, text())
    schema = {
        "id": "https://example.org/row", "name": "row", "prefixes": {"linkml": "https://w3id.org/linkml/"},
        "imports": ["linkml:types"], "default_range": "string", "classes": {"Row": {"tree_root": True, "attributes": fields}},
    }
    file = Path(tempfile.mkdtemp()) / "row.yaml"
    file.write_text(yaml.safe_dump(schema))
    return str(file)


def unguarded(cell):
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r", "\n") else cell


def amount(dose, name):
    """One administration; of an infusion dosed by the day all of it."""
    return dose[name] and format((Decimal(dose[name]) * Decimal(dose["infusion_days"] or 1)).normalize(), "f")


def rows(path):
    beside = path.parent / "redcap-dictionary.csv"
    book = beside if beside.exists() else path.parent.parent / "redcap-dictionary.csv"
    read = records(path)
    data = [dict(zip(read[0], row)) for row in read[1:]]
    for row in data:
        valid(model(str(book)), "Row", row)
        must(1 <= int(row["redcap_repeat_instance"]) <= 32767, "instance")
    numbers = [row["redcap_repeat_instance"] for row in data]
    same(len(numbers), len(set(numbers)), "instances")
    want = expected(path)
    if want is None:
        return
    doses = [half for dose in want["doses"] for half in halves(dose)]
    same(len(doses), len(data), "rows")
    for dose, row in zip(doses, data):
        planned, given = (amount(dose, name) for name in ("planned_dose", "given_dose"))
        incomplete = None if dose["incomplete"] is None else int(dose["incomplete"])
        same(STATUS[dose["state"]], row["ds_status"], "status")
        ours = [dose["phase"], dose["cycle"], dose["day"], dose["part"], dose["id"], named(dose), dose["planned_date"], planned, dose["unit"], dose["planned_through"]]
        names = "ds_phase ds_cycle ds_day ds_part ds_drug ds_drug_name ds_date ds_dose ds_unit ds_through".split()
        ours += [dose["given_date"], given, incomplete, dose["reason"], dose["recorded_by"]]
        names += "ds_given_date ds_given_dose ds_incomplete ds_reason ds_recorded_by".split()
        ours += [dose["own_day"], dose["hours_after"]]
        names += ["ds_own_day", "ds_hours"]
        # Of a run: as planned, taken, due and not taken.
        ours += [dose["planned_reason"], dose["planned_administrations"], dose["given_administrations"], dose["missed"]]
        names += "ds_planned_reason ds_administrations ds_given_administrations ds_missed_administrations".split()
        same(["" if value is None else str(value) for value in ours], [unguarded(row[name]) for name in names], "row")


TWINS = {
    "redcap-dictionary": {
        "bad_name": csv_cell("Variable / Field Name", "Dose of the day"),
        "bad_type": csv_cell("Field Type", "amount"),
        "bad_validation": csv_cell("Text Validation Type OR Show Slider Number", "dates"),
        "column_missing": csv_row(lambda rows: [row[:-1] for row in rows]),
        "text_with_choices": csv_row(lambda rows: [["text" if cell == "radio" else cell for cell in row] for row in rows]),
    },
    "redcap-import": {
        "day_first_date": csv_cell("ds_date", "07-12-2026"),
        "decimal_comma": csv_cell("ds_dose", "122,5"),
        "instance_twice": csv_row(lambda rows: [rows[0], *[[*row[:2], rows[1][2], *row[3:]] for row in rows[1:]]]),
        "label_for_code": csv_cell("ds_status", "Given"),
        "new_instance": csv_cell("redcap_repeat_instance", "new"),
        "no_status": csv_cell("ds_status", ""),
        "no_certainty": csv_cell("ds_certain", ""),
    },
}
CHECKS = {"redcap-dictionary": dictionary, "redcap-import": rows}
