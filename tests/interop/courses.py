"""Ten recorded courses: what is typed into a record, and what must therefore stand in every file.

Nothing here is taken from the program. Doses are worked out from the figures of the regimen (per square metre, times the body
surface of Mosteller, rounded half up), days from the calendar. Each course is of one drug on day 1 of its cycles; the other
drugs are recorded with it where the program wants whole cycles.

    cycle 1  given as planned, from 23:30 to 01:00 of the next day
    cycle 2  broken off at about half, reason; of every second course the rest went in on the same day, as a second part
    cycle 3  delayed by seven days as the protocol requires, and given a day later still
    cycle 4  80 % of the dose at a new weight; omitted, missed, held or given three times too large, by turns
    cycle 5  still to come; one course moved to another version of the regimen before it, and all were ended after cycle 4
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

WHO = "A. Nurse"
START = date(2026, 3, 2)  # a Monday; every day of a course has gone by on TODAY
TODAY = "2026-11-30"
PERSON = ["--height", "170", "--weight", "65", "--sex", "female", "--age", "54", "--creatinine", "0.8 mg/dL"]
REACTION, TOXICITY, WEIGHED = "infusion reaction", "neuropathy grade 2", "neutrophils 0.9"


def surface(weight):
    """√(170 cm × weight ÷ 3,600), to two places."""
    return (Decimal(170 * weight) / 3600).sqrt().quantize(Decimal("0.01"), ROUND_HALF_UP)


def rounded(value, step="1"):
    return (value / Decimal(step)).quantize(Decimal(1), ROUND_HALF_UP) * Decimal(step)


@dataclass
class Row:
    """One dose as every file must have it; dates in ISO, figures in plain digits."""

    cycle: int
    part: str = ""
    planned_date: str = ""
    planned_dose: str = ""
    given_date: str = ""
    given_dose: str = ""
    state: str = "projected"
    reason: str = ""
    by: str = ""
    begins: str = ""
    ends: str = ""
    planned_reason: str = ""


@dataclass
class Course:
    regimen: str
    drug: str
    per: Decimal  # per square metre; of a flat dose the dose, with flat=True
    length: int  # days of a cycle
    last: str  # omitted, missed, held, overdose: what becomes of cycle 4
    phase: str = ""
    phase_name: str = ""  # as people read it
    minutes: int = 0  # of the infusion; 0 where it has no single length
    bolus: bool = False
    flat: bool = False
    parts: bool = False
    moved: bool = False
    name: str = ""
    code: str = ""
    acts: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    def dose(self, weight=65, percent=100):
        size = Decimal(1) if self.flat else surface(weight)
        return plain(rounded(self.per * size * percent / 100))


def plain(figure):
    return format(Decimal(figure).normalize(), "f")


def iso(day):
    return day.isoformat()


COURSES = [
    Course("npc-liposomal-irinotecan-nituzumab", "irinotecan", Decimal(70), 14, "omitted", minutes=90, moved=True, parts=True, name="irinotecan"),
    Course("gi-mfolfox6", "oxaliplatin", Decimal(85), 14, "missed", name="oxaliplatin"),
    Course("gi-xelox", "oxaliplatin", Decimal(130), 21, "held", minutes=120, parts=True, name="oxaliplatin"),
    Course("heme-rchop21", "doxorubicin", Decimal(50), 21, "overdose", minutes=15, name="doxorubicin"),
    Course("br-ddac-t", "cyclophosphamide", Decimal(600), 14, "omitted", phase="ac", phase_name="Doxorubicin + cyclophosphamide", minutes=30, parts=True, name="cyclophosphamide"),
    Course("gyn-carboplatin-paclitaxel", "paclitaxel", Decimal(175), 21, "missed", minutes=180, name="paclitaxel"),
    Course("gi-folfiri", "irinotecan", Decimal(180), 14, "held", minutes=90, parts=True, name="irinotecan"),
    Course("any-pembrolizumab-q3w", "pembrolizumab", Decimal(200), 21, "overdose", flat=True, minutes=30, name="pembrolizumab"),
    Course("heme-abvd", "doxorubicin", Decimal(25), 28, "omitted", bolus=True, name="doxorubicin"),
    Course("npc-gp", "gemcitabine", Decimal(1000), 21, "missed", minutes=30, parts=True, name="gemcitabine"),
]


def write(course, at):
    """Fills in what is typed and what must come of it."""
    course.code = f"S-{at + 1:03}"
    one = lambda cycle: ["--cycle", str(cycle), "--day", "1", "--drug", course.drug, *(["--phase", course.phase] if course.phase else [])]
    days = lambda cycle: START + timedelta(course.length * (cycle - 1))
    act = course.acts.append
    full = course.dose()

    act(["given", *one(1), "--on", iso(START), "--start-time", "23:30", "--stop-time", f"{iso(START + timedelta(1))} 01:00"])
    night = f"{iso(START)}T23:30", f"{iso(START + timedelta(1))}T01:00"
    course.rows.append(Row(1, "", iso(START), full, iso(START), full, "given", "", WHO, *night))

    second = days(2)
    part = plain(int(Decimal(full)) // 2)
    act(["given", *one(2), "--on", iso(second), "--dose", f"{part} {unit(course)}", "--partly", "--reason", REACTION])
    course.rows.append(Row(2, "", iso(second), full, iso(second), part, "incomplete", REACTION, WHO))
    if course.parts:
        rest = plain(int(Decimal(full)) // 3)
        act(["given", *one(2), "--on", iso(second), "--dose", f"{rest} {unit(course)}", "--partly", "--second-dose", "--reason", "rest of the bag"])
        course.rows.append(Row(2, "again 2", "", "", iso(second), rest, "incomplete", "rest of the bag", WHO))

    third = days(3) + timedelta(7)
    phase = ["--phase", course.phase] if course.phase else []
    act(["delay", "--cycle", "3", *phase, "--days", "7", "--required", "--reason", WEIGHED])
    act(["given", *one(3), "--on", iso(third + timedelta(1))])
    # It began a day after the day it was delayed to.
    late = f"delayed by 8 days (7 days recorded): {WEIGHED}"
    course.rows.append(Row(3, "", iso(third), full, iso(third + timedelta(1)), full, "given", "", WHO, planned_reason=late))

    # Every cycle begins so many days after the day on which the one before began.
    fourth = third + timedelta(1 + course.length)
    if not course.flat:
        act(["measure", "--weight", "58", "--on", iso(fourth - timedelta(1))])
    act(["level", f"{course.drug}=80%", "--from", "4", *phase, "--reason", TOXICITY])
    less = course.dose(58, 80)
    row = Row(4, "", iso(fourth), less, by=WHO, state=course.last, reason=TOXICITY, planned_reason=f"80 % of the dose: {TOXICITY}")
    if course.last == "omitted":
        act(["omit", *one(4), "--reason", TOXICITY])
    elif course.last == "missed":
        act(["omit", *one(4), "--missed", "--reason", "did not come"])
        row.reason = "did not come"
    elif course.last == "held":
        act(["hold", *one(4), "--reason", "neutrophils 0.8"])
        row.reason = "neutrophils 0.8"
    else:
        much = plain(Decimal(less) * 3)
        act(["given", *one(4), "--on", iso(fourth), "--dose", f"{much} {unit(course)}", "--reason", "wrong bag",
             "--confirm", "dose-differs=seen in the bag", "--second", "Second Reader"])
        row.state, row.given_date, row.given_dose, row.reason = "given", iso(fourth), much, "wrong bag"
    course.rows.append(row)
    return course


def unit(_):
    return "mg"


def all_courses():
    """Each time anew: who asks a second time finds nothing typed twice."""
    return [write(replace(course, acts=[], rows=[]), at) for at, course in enumerate(COURSES)]
