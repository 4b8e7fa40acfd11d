"""Print-outs as HTML: the Nu HTML checker of the W3C (vnu), and what html5lib reads in them."""

import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path

import html5lib
from harness import HERE, expected, must, same
from printed import HANDOUTS, KINDS, foot_is_right, holds, marked, title

VNU = Path(os.environ["INTEROP_TOOLS"]) / "node_modules/vnu-jar/build/dist/vnu.jar"
SPACE = "{http://www.w3.org/1999/xhtml}"


@cache
def told(folder):
    """What vnu says of every file below a folder: it starts slowly and reads fast."""
    files = [str(file) for file in sorted(folder.glob("*/html-*.html"))] or [str(file) for file in sorted(folder.glob("html-*/*.html"))]
    try:
        ran = subprocess.run(["java", "-jar", str(VNU), "--errors-only", "--format", "json", *files], capture_output=True, text=True)
    except FileNotFoundError:
        must(False, "Java is not installed; the HTML checker needs it, and this step is never skipped")
    said = json.loads(ran.stderr)
    must("version" in said, "vnu did not run")
    messages = {}
    for one in said["messages"]:
        messages.setdefault(one["url"].removeprefix("file:"), []).append(one["message"])
    return frozenset(files), messages


def accept(kind):
    def check(path):
        files, messages = told(path.parent.parent)
        must(str(path) in files, "vnu was not asked about this file")
        must(str(path) not in messages, f"vnu: {messages.get(str(path), [''])[0]}")
        text = path.read_bytes().decode("utf-8")
        must(not re.search(r"(?:src|href)=|url\(|@import|<script", text), "the page loads something")
        page = html5lib.parse(text)
        same("en", page.get("lang"), "language")
        sections = page.findall(f".//{SPACE}section")
        must(sections, "no page")
        # A sheet of labels has no foot: each label says for itself what it is.
        for one in (one for one in sections if "labels" not in one.get("class", "")):
            foot = words(one.find(f"{SPACE}footer"))
            must(foot_is_right(kind, foot), "a page with another foot than its kind has")
        for table in page.iter(f"{SPACE}table"):
            rows = [sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter(f"{SPACE}tr")]
            must(table.find(f"{SPACE}caption") is not None and len(set(rows)) == 1, "a table without caption, or ragged")
        want = expected(path)
        if want is None:
            return
        same(squeezed(title(kind, want)), squeezed(page.find(f".//{SPACE}title").text), "title")
        draft = want["regimen"]["status"] == "draft"
        if kind in HANDOUTS or kind == "labels":
            must(not draft or all(marked(kind, words(one)) for one in sections), "a page of a draft that does not say so")
        else:
            same(draft, all(one.find(f".//{SPACE}p[@class='banner']") is not None for one in sections), "DRAFT on every page")
        holds(kind, words(page.find(f"{SPACE}body")), want)

    return check


def words(element):
    return "".join(element.itertext())


def squeezed(text):
    return " ".join("".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in text).split())


CHECKS = {f"html-{kind}": accept(kind) for kind in KINDS}
