"""Markdown by markdown-it, plain text by the column widths of wcwidth."""

import re

import wcwidth
from harness import expected, must, same
from markdown_it import MarkdownIt

DATE = re.compile(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-[A-Z][a-z]{2}-\d{4}$")


def plain(text):
    """One line, as a table cell has it."""
    text = "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in text)
    return text.strip(" \u00a0")


def cells(path):
    """The rows of the first table, each cell as the reader shows it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_bytes().decode("utf-8"))
    must(any(token.type == "table_open" for token in tokens), "no table")
    rows, inside = [], False
    for token in tokens:
        inside = token.type == "table_open" or inside and token.type != "table_close"
        if token.type == "tr_open":
            rows.append([])
        elif inside and token.type == "inline":
            kinds = {child.type for child in token.children}
            must(kinds <= {"text", "text_special"}, f"markup in a cell: {kinds} {token.content!r}")
            rows[-1].append("".join(child.content for child in token.children))
    must(all(len(row) == 6 for row in rows), "ragged table")
    return rows[1:]


def markdown(path):
    rows = cells(path)
    for row in rows:
        must(DATE.match(row[0]), f"{row[0]!r} is no date")
    must("not an order" in path.read_text("utf-8"), "no notice")
    want = expected(path)
    if want is None:
        return
    same(len(want["doses"]) + len(want["ends"]) + len(want["assessments"]), len(rows), "rows")
    for dose in want["doses"]:
        found = [row for row in rows if row[3].strip().startswith(plain(dose["shown"]).strip()) and row[4] == dose["dose_shown"] and f"Cycle {dose['cycle']}, Day {dose['day']}" in row[2]]
        must(found, f"no row for cycle {dose['cycle']} {dose['shown']!r} {dose['dose_shown']}")
        must(all(("if treatment continues" in row[2]) == (not dose["certain"]) for row in found), "certainty")


def text(path):
    shown = path.read_bytes().decode("utf-8")
    for line in shown.splitlines():
        must("\x1b" not in line, "an escape")
        must(wcwidth.wcswidth(line) <= 80, f"{wcwidth.wcswidth(line)} columns: {line}")
    flat = " ".join(shown.split())
    must("not an order" in flat, "no notice")
    want = expected(path)
    if want is None:
        return
    must(("DRAFT" in flat) == (want["regimen"]["status"] == "draft"), "DRAFT")
    letters = lambda value: "".join(c for c in value if c.isalnum())
    for dose in want["doses"]:
        must(letters(dose["dose_shown"])[:3] in letters(flat), f"no dose {dose['dose_shown']}")


CHECKS = {"markdown": markdown, "text": text}
