"""What must stand in a print-out, for the checks of HTML and PDF: texts in their order, and every day."""

import re
from datetime import date, timedelta
from decimal import Decimal

from harness import must, same

NOTICE = "Calculated from entered data; not an order. A qualified person checks every dose."
# As compact() leaves it: Mon07-Dec-2026
DAYS = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\d\d-[A-Z][a-z]{2}-\d{4}")
# Joiners and variation selectors are not drawn.
UNSEEN = re.compile("[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufe00-\ufe0f\ufeff]")


def compact(text):
    """Letters without what breaks lines or cannot be seen."""
    return UNSEEN.sub("", text)


def day(iso):
    return date.fromisoformat(iso).strftime("%a %d-%b-%Y")


def short(iso):
    return date.fromisoformat(iso).strftime("%d-%b-%Y")


def figure(value, unit):
    return f"{Decimal(value):,f} {unit}"


def taken(dose):
    return dose["state"] not in ("held", "omitted")


def run_days(dose):
    first, last = date.fromisoformat(dose["from"]), date.fromisoformat(dose["through"])
    return [(first + timedelta(at)).isoformat() for at in range((last - first).days + 1)]


def calendar(want):
    """Every day on which the patient comes, and the first and last day of what is taken at home."""
    days = set()
    for dose in want["doses"]:
        if "through" in dose:
            if dose["state"] == "projected":
                days |= {day(run_days(dose)[0]), day(run_days(dose)[-1])}
        elif dose["state"] != "omitted" and dose["place"] != "home":
            days.add(day(dose["date"]))
    others = want["ends"] + want["assessments"]
    days |= {day(one["date"]) for one in others}
    capital = lambda text: text[:1].upper() + text[1:]
    return [], days, [capital(one.get("visit") or one["name"]) for one in others]


def to_prepare(want):
    """What is still to be prepared: nothing that was given, held, omitted or missed, and nothing once treatment has ended."""
    if want["ended"]:
        return []
    return [dose for dose in want["doses"] if dose["state"] == "projected"]


def worksheet(want):
    texts, days = [], set()
    if not to_prepare(want):
        return ["There is nothing to print here for this plan"], None, []
    visits = {}
    for dose in to_prepare(want):
        days.add(day(dose["planned_date"]))
        visits.setdefault((dose["planned_date"], dose["phase"], dose["cycle"]), []).append(dose)
    # What is swallowed beside the treatment stands in a table above the frames.
    counted = lambda dose: dose["route"] == "oral" and dose["role"] != "treatment" and dose["place"] != "home"
    for visit in visits.values():
        for dose in sorted(visit, key=lambda dose: not counted(dose)):
            texts += [dose["shown"], *dose["marks_words"]]
    bodies = [want["subject"][name] for name in ("height", "weight") if want["subject"][name]]
    return texts, days, bodies


def protocol(want):
    # The plan with the worst of texts renames the drugs of its doses and not those of its regimen.
    renamed = any(one["code"] == "nasty" for one in want["findings"])
    drugs = [] if renamed else {dose["shown"] for dose in want["doses"]}
    return [want["regimen"]["name"], want["regimen"]["indication"]], None, ["; ".join(want["regimen"]["unverified_words"]), *drugs]


def notice(want):
    """Of each drug the dose where it changes between one cycle and the next."""
    texts, last = [], {}
    for dose in want["doses"]:
        if taken(dose):
            before = last.get(dose["id"])
            if before and before["planned_shown"] != dose["planned_shown"] and before["cycle"] != dose["cycle"]:
                texts += [dose["shown"], before["planned_shown"], dose["planned_shown"]]
            last[dose["id"]] = dose
    nothing = "There is nothing to print here for this plan: no dose differs from the last planned one."
    return texts or [nothing], None, []


def log(want):
    runs = [dose for dose in want["doses"] if "through" in dose and dose["state"] != "omitted"]
    texts = []
    for name in dict.fromkeys(dose["shown"] for dose in runs):
        for dose in (run for run in runs if run["shown"] == name):
            texts.append(f"Cycle {dose['cycle']}, {short(dose['planned_date'])} to {short(dose['planned_through'])}")
            # Unlike halves of a day: tablets first, each amount in brackets.
            halves = dose["planned_shown"].split(", ") if " in the morning" in dose["planned_shown"] else []
            texts += [re.sub(r"^(.*?) in the ", r"(\1) in the ", half) for half in halves] or [dose["planned_shown"]]
            texts += [f"{one['count']} {'tablet' if one['count'] == 1 else 'tablets'} of {one['strength']}" for one in dose["tablets"]]
    return texts or ["There is nothing to print here for this plan: no dose is taken at home."], None, []


def labels(want):
    texts, days = [], set()
    for dose in to_prepare(want):
        days.add(day(dose["planned_date"]))
        draft = ["DRAFT: not for use"] if want["regimen"]["status"] == "draft" else []
        texts += [f"Cycle {dose['cycle']} Day {dose['own_day']}", day(dose["planned_date"]), *draft, dose["shown"]]
    return texts or ["There is nothing to print here for this plan"], days, []


KINDS = {"calendar": calendar, "worksheet": worksheet, "protocol": protocol, "notice": notice, "log": log, "labels": labels}
NAMES = {
    "calendar": "Treatment calendar", "worksheet": "Preparation worksheet", "protocol": "Regimen",
    "notice": "Dose change notice", "log": "Dispensing and return log", "labels": "Labels",
}


# Pages of their own: no hash, and the calendar nothing else that is not for patients.
HANDOUTS = ("calendar", "notice")


def title(kind, want):
    draft = "DRAFT: " if want["regimen"]["status"] == "draft" else ""
    whose = ", S-014" if kind in HANDOUTS else ""
    # Nobody has approved words for patients here.
    word = "SAMPLE: " if kind == "calendar" else draft
    return f"{word}{NAMES[kind]}{whose}: {want['regimen']['name']}"


def foot_is_right(kind, foot):
    """What must stand at the foot of every page, and what must not."""
    if kind == "calendar":
        return "Text for patients" in foot and "sha256" not in foot and "erified" not in foot
    if kind == "notice":
        return "what was omitted is skipped" in foot
    return NOTICE in foot and "erified by" in foot and re.search(r"sha256 [0-9a-f]{64}", foot) is not None


def marked(kind, text):
    """What a page of a regimen says that nobody has approved."""
    return ("SAMPLE, DO NOT HAND OUT" if kind == "calendar" else "DRAFT") in text


def holds(kind, text, want):
    """Every text in its order, every day and no other, and what stands anywhere."""
    in_order, days, anywhere = KINDS[kind](want)
    text, at = compact(text), 0
    for one in in_order:
        found = text.find(compact(one), at)
        must(found >= 0, f"{one!r} is missing{' here' if compact(one) in text else ''}")
        # What two rows share may be written once.
        at = found
    if days is not None:
        read = {one for one in DAYS.findall(text)}
        must({compact(one) for one in days} <= read, f"days missing: {sorted({compact(one) for one in days} - read)[:5]}")
    for one in anywhere:
        must(compact(one) in text, f"{one!r} is missing")
