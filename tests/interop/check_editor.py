"""What an editor knows of a regimen file: the JSON Schema read by a validator and by two TOML language servers.

The shipped files and the sound files of the corpus must fit the schema; every twin of the smallest sound file, each
with one defect that a schema can see, must be refused by all three, and so must those of the corpus. The servers are
driven as an editor drives them: files opened, words completed, keys hovered over, diagnostics read. Nothing is fetched.
"""

import contextlib
import datetime
import json
import os
import shutil
import tempfile
import tomllib
from pathlib import Path

import jsonschema
from harness import must, same
from language_server import Server

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOOLS = Path(os.environ["INTEROP_TOOLS"])
SCHEMA = json.loads((ROOT / "docs/regimen.schema.json").read_text("utf-8"))
SHIPPED = sorted((ROOT / "regimens").glob("*.toml"))
CORPUS = ROOT / "tests/corpus"
SMALLEST = "#:schema ../docs/regimen.schema.json\n" + (CORPUS / "valid/one-drug.toml").read_text("utf-8")

# What is written, what is written instead, and the word of the new line that must be marked.
TWINS = [
    ('length = "14 days"', 'lenght = "14 days"'),  # keys misspelt, at every depth
    ('route = "intravenous"', 'rout = "intravenous"'),
    ("[body]", "[bodies]"),
    ('ties = "up" }', 'tie = "up" }'),
    ("{ planned = 6 }", "{ plan = 6 }"),
    ('late = "3 days" }', 'latest = "3 days" }'),
    ('dose = "123 mg" }', 'doze = "123 mg" }'),
    ('length = "14 days"', "length = 14"),  # numbers where a text with its unit is expected
    ('dose = "70 mg/m2"', "dose = 70"),
    ('over = "90 minutes"', "over = 90"),
    ('height = "170 cm"', "height = 170"),
    ('nearest = "1 mg"', "nearest = 1"),
    ("bsa_places = 2", 'bsa_places = "2"'),  # texts where numbers are expected
    ("{ planned = 6 }", '{ planned = "6" }'),
    ("days = [1]", 'days = ["1"]'),
    ("administrations = 6", 'administrations = "6"'),
    ("count = { planned = 6 }", "count = 6"),  # tables and lists
    ('window = { early = "0 days", late = "3 days" }', 'window = ["0 days", "3 days"]'),
    ("[[drug]]", "[drug]"),
    ('"170 cm", weight = "65 kg"', '"170 cm", weight = ["65 kg"]'),
    ('route = "intravenous"', 'route = "intravenuous"'),  # words of a closed list
    ('next = "from actual day 1"', 'next = "from day 1"'),
    ('status = "draft"', 'status = "final"'),
    ('setting = "trial"', 'setting = "study"'),
    ('ties = "up"', 'ties = "upwards"'),
    ('weight = "actual"', 'weight = "real"'),
    ("format = 1\n", "\n"),  # what every file has
]
# Defective files of the corpus in which a schema sees something; the rest are wrong in meaning.
SEEN = ["array-as-table", "bad-element", "date-with-time", "twenty-mistakes"]


def plain(value):
    """TOML as JSON: dates are texts."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


def twins():
    for before, after in TWINS:
        must(before in SMALLEST, f"{before!r} is not in the smallest file")
        yield after.strip(), SMALLEST.replace(before, after, 1)


def validator():
    kind = jsonschema.validators.validator_for(SCHEMA)
    same("Draft7Validator", kind.__name__, "draft")
    kind.check_schema(SCHEMA)
    check = kind(SCHEMA, format_checker=kind.FORMAT_CHECKER)
    sound = SHIPPED + sorted((CORPUS / "valid").glob("*.toml"))
    must(len(sound) > 70, f"only {len(sound)} files")
    for path in sound:
        for error in check.iter_errors(plain(tomllib.loads(path.read_text("utf-8")))):
            must(False, f"{path.name}: {error.json_path}: {error.message}")
    broken = [(name, (CORPUS / f"invalid/{name}.toml").read_text("utf-8")) for name in SEEN]
    for name, text in [*broken, *twins()]:
        must(not check.is_valid(plain(tomllib.loads(text))), f"{name}: accepted")
    return f"{len(sound)} files, {len(SEEN) + len(TWINS)} broken ones"


@contextlib.contextmanager
def folder():
    """The shipped files and the schema, as they lie beside each other, away from everything else."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(ROOT / "regimens", root / "regimens")
        (root / "docs").mkdir()
        shutil.copy(ROOT / "docs/regimen.schema.json", root / "docs")
        yield root


def line_of(text, start):
    return next(number for number, line in enumerate(text.splitlines()) if line.startswith(start))


def silence(server, root):
    """Nothing is told of a shipped file. The broken file after them comes back last: by then all are told."""
    for path in SHIPPED:
        server.open(root / "regimens" / path.name, path.read_text("utf-8"))
        # One by one: a server that asks and is not answered stops reading, and then nobody can write to it.
        server.diagnostics(root / "regimens" / path.name)
    last = root / "regimens/last.toml"
    server.open(last, SMALLEST.replace("length", "lenght", 1))
    server.marked(last)
    for path in SHIPPED:
        same([], server.diagnostics(root / "regimens" / path.name), f"diagnostics of {path.name}")


def marks(server, root, exact):
    for number, (name, text) in enumerate(twins()):
        path = root / f"regimens/twin-{number}.toml"
        server.open(path, text)
        found = server.marked(path)
        lines = {one["range"]["start"]["line"] for one in found}
        if exact and name:
            wrong = next(at for at, line in enumerate(text.splitlines()) if name in line)
            must(wrong in lines, f"{name}: marked in lines {lines}, wrong in {wrong}: {found}")


def offers(server, root):
    """In an empty [cycle]: its keys. Where one of a few words is expected: those."""
    text = SMALLEST.splitlines()
    start, end = text.index("[cycle]"), text.index("[body]")
    path = root / "regimens/empty-cycle.toml"
    server.open(path, "\n".join([*text[: start + 1], "", "", *text[end:]]))
    offered = {label.split(".")[0] for label in server.completion(path, start + 1, 0)}
    wanted = set(SCHEMA["definitions"]["CycleDef"]["properties"])
    must({"length", "count", "next", "window", "source"} <= wanted <= offered, f"[cycle] offers {offered}")
    path = root / "regimens/empty-word.toml"
    empty = SMALLEST.replace('next = "from actual day 1"', 'next = ""')
    server.open(path, empty)
    words = server.completion(path, line_of(empty, "next"), len('next = "'))
    same(['"from actual day 1"', '"from planned day 1"', '"unknown"', '"site"'], words, "words of `next`")


KEYS = [("CycleDef", "length"), ("RegimenDef", "indication"), ("BodyDef", "bsa_places"), ("CycleDef", "next")]


def explains(server, root, keys):
    path = root / "regimens/smallest.toml"
    server.open(path, SMALLEST)
    for table, key in keys:
        told = server.hover(path, line_of(SMALLEST, f"{key} ="), 1)
        wanted = SCHEMA["definitions"][table]["properties"][key]["description"]
        must(wanted in told, f"{key}: {told!r} is not {wanted!r}")


def drive(command, exact, keys):
    with folder() as root, contextlib.closing(Server(command, root)) as server:
        silence(server, root)
        marks(server, root, exact)
        offers(server, root)
        explains(server, root, keys)
    return f"{len(SHIPPED)} files, {len(TWINS)} broken twins"


def tombi():
    return drive([str(TOOLS / "bin/tombi"), "lsp", "--offline"], True, [*KEYS, ("DrugDef", "route"), ("DrugDef", "days")])


def taplo():  # marks the table a misspelt key stands in, and explains no key within [[…]]
    return drive(["node", str(HERE / "taplo.mjs")], False, KEYS)


OWN = {"json-schema": validator, "tombi": tombi, "taplo": taplo}
