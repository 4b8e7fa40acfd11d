"""What is printed of recorded courses: every page by its text, against what was typed into the record (courses.py).

Late, given in part, in two parts, reduced, at a new weight, held, omitted, missed, three times too much, ended: each page says what
the pharmacy, the ward and the patient may read of it, and nothing is printed to prepare a second time. Nothing here is taken from
the program. Then every expectation is tried on a broken twin: the page without the text, and with what must not be on it.
"""

import re
import tempfile
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import courses
import html5lib
from check_courses import Clinic
from courses import PERSON, REACTION, START, TODAY, TOXICITY, iso
from harness import Defect, must

SPACE = "{http://www.w3.org/1999/xhtml}"
ENDED = "Treatment ended on Mon 30-Nov-2026"
# Of a day, in every country's order of reading.
PAGES = ("html-worksheet", "html-labels", "html-notice", "html-calendar", "html-log")


def day(text):
    return date.fromisoformat(text).strftime("%a %d-%b-%Y")


def mg(dose):
    return f"{Decimal(dose):,f} mg"


def text_of(element):
    return " ".join(" ".join(element.itertext()).split())


def parts(path):
    """The sheets of a page, or its labels, each as text with the names that it heads."""
    page = html5lib.parse(path.read_text("utf-8"))
    found = [one for one in page.iter() if one.get("class") == "label"] or page.findall(f".//{SPACE}section")
    heads = lambda one: [text_of(head).lower() for head in one.iter() if head.tag in (f"{SPACE}h2", f"{SPACE}h1")]
    return [(text_of(one), heads(one)) for one in found]


def whole(path):
    return " ".join(text for text, _ in parts(path))


def percent(before, now):
    change = ((Decimal(now) - Decimal(before)) * 100 / Decimal(before)).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize()
    return f"{format(change, 'f')} %".replace("-", "−")


def said(course, row):
    """What stands in place of a dose that is not to be prepared, piece by piece."""
    full, less = course.dose(), course.dose(58, 80)
    if row.state in ("omitted", "missed", "held"):
        return [f"{row.state.upper()}, {row.reason}"]
    told = [f"given on {day(row.given_date)}, {mg(row.given_dose)}"]
    if row.begins:
        told.append("at 23:30 until Tue 03-Mar-2026 01:00")
    if row.part:
        return [*told, "another part of the dose", row.reason]
    if row.state == "incomplete":
        told.append("in part")
    if row.cycle == 3:
        told.append(f"1 day late; planned for {day(row.planned_date)}")
    planned = less if row.cycle == 4 else full
    if row.given_dose != planned:
        told.append(f"planned {mg(planned)}")
    return [*told, *([row.reason] if row.reason else [])]


def cycle_of(text, phase):
    found = re.search(rf"{re.escape(phase)}, [Cc]ycle (\d+)" if phase else r"Cycle (\d+)", text)
    return int(found.group(1)) if found else 0


def worksheet(course, sheets, given):
    """(what must be there, what must not) of each sheet."""
    for text, heads in sheets:
        if "Overview" in text[:200] or "nothing to print" in text:
            continue
        if course.phase and course.phase_name not in text:
            continue
        cycle = cycle_of(text, course.phase_name)
        own = [row for row in course.rows if row.cycle == cycle]
        if not own or "Day 1 " not in text.split("Date")[0] + " ":
            continue
        # The name of a phase may tell its drugs, and heads the sheet.
        panels = [head for head in heads if course.name in head and not (course.phase and head.startswith(course.phase_name.lower()))]
        if given and any(row.given_date for row in own):
            yield text, ["GIVEN: prepare nothing", *said(course, own[0])], []
            continue
        must(not panels, f"{course.code}: cycle {cycle} is printed to prepare {panels}")
        yield text, [piece for row in own for piece in said(course, row)], ["GIVEN: prepare nothing"]


def labels(course, found, given):
    """No label of what is recorded; of what is to come the dose at the new weight and level."""
    full, less = course.dose(), course.dose(58, 80)
    for text, heads in found:
        if not any(course.name in head for head in heads):
            continue
        cycle = cycle_of(text, course.phase_name)
        first = re.search(r"Day (\d+)", text).group(1) == "1"
        if not first or course.phase and course.phase_name not in text:
            continue
        if cycle <= 4:
            must(given, f"{course.code}: a label of cycle {cycle}, which is recorded")
            yield text, ["GIVEN: do not prepare again"], []
        elif given or cycle > 4:
            yield text, [mg(less)], [mg(full), "GIVEN"]


def notice(course, pages):
    full, less = course.dose(), course.dose(58, 80)
    text = " ".join(text for text, _ in pages)
    there = [mg(full), mg(less), percent(full, less), TOXICITY]
    if not course.flat:
        there += ["Weight 65 kg → 58 kg (−10.8 %)"]
    given = [row.given_dose for row in course.rows if row.given_dose and row.given_dose not in (full, less)]
    if course.phase:
        # The phase ends with the omitted cycle: no dose of the drug at the new level is planned, and none is told.
        yield text, ["Weight 65 kg → 58 kg (−10.8 %)"], [mg(less), TOXICITY, REACTION]
        return
    # What went in in part, or three times too much, is no planned dose; other drugs may have such a figure.
    yield text, there, [f"{mg(one)} cycle" for one in given] + [REACTION, "wrong bag"]


def calendar(course, pages):
    text = " ".join(text for text, _ in pages)
    for row in course.rows:
        if row.given_date:
            yield text, [day(row.given_date)], [REACTION, TOXICITY, "wrong bag", "did not come", "neutrophils"]


def ended(format_id, pages):
    text = " ".join(text for text, _ in pages)
    reason = "disease progression"
    if format_id == "html-calendar":
        return text, [ENDED], [reason]
    return text, [f"{ENDED}: {reason}"], []


def held_to(text, there, never):
    for piece in there:
        must(piece in text, f"{piece!r} is missing")
    for piece in never:
        must(piece not in text, f"{piece!r} stands there")


def hold(where, checks):
    """Held, and each piece tried on a twin that lacks it, or has what must not be there. Returns how many were refused."""
    broken = 0
    for text, there, never in checks:
        try:
            held_to(text, there, never)
        except Defect as error:
            raise Defect(f"{where}: {error} in: {text[:1500]}") from error
        twins = [text.replace(piece, "") for piece in there] + [f"{text} {piece}" for piece in never]
        for twin in twins:
            try:
                held_to(twin, there, never)
            except Defect:
                broken += 1
                continue
            must(False, f"{where}: a broken twin passes")
    return broken


def look(clinic, course):
    clinic.record(course.code, ["add", course.regimen, *PERSON, "--start", iso(START), "--accept", "draft=training"])
    for act in course.acts:
        clinic.record(course.code, act)
    read = lambda format_id, *more: parts(clinic.write(course.code, format_id, *more)[0])
    broken, seen = 0, 0
    for given in (False, True):
        more = ["--with-given"] if given else []
        for format_id, of in (("html-worksheet", worksheet), ("html-labels", labels)):
            checks = list(of(course, read(format_id, *more), given))
            seen += len(checks)
            broken += hold(f"{course.code} {course.regimen} as {format_id} {' '.join(more)}", checks)
    must(seen > 0, f"{course.code}: no page of a recorded dose was read")
    for format_id, of in (("html-notice", notice), ("html-calendar", calendar)):
        broken += hold(f"{course.code} {course.regimen} as {format_id}", of(course, read(format_id)))
    clinic.record(course.code, ["stop", "--on", TODAY, "--reason", "disease progression"])
    for format_id in PAGES:
        pages = read(format_id)
        broken += hold(f"{course.code} {course.regimen} as {format_id}, ended", [ended(format_id, pages)])
        if format_id in ("html-worksheet", "html-labels"):
            must("There is nothing to print here" in pages[0][0], f"{course.code}: {format_id} is printed after the end of treatment")
    return broken


def printed_courses():
    with tempfile.TemporaryDirectory() as folder:
        clinic = Clinic(folder)
        every = courses.all_courses()
        broken = sum(look(clinic, course) for course in every)
        return f"{len(every)} recorded courses in {len(PAGES)} print-outs, {broken} broken twins refused"


OWN = {"printed courses": printed_courses}
