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
    texts, days = [], set()
    for dose in want["doses"]:
        if dose["state"] == "omitted":
            continue
        days.add(day(dose["date"]))
        if "through" in dose:
            days |= {day(one) for one in run_days(dose)}
            texts.append(f"Take {dose['dose_shown']}")
    others = want["ends"] + want["assessments"]
    days |= {day(one["date"]) for one in others}
    names = [one.get("visit") or one["name"] for one in others]
    return texts, days, names + [dose["shown"] for dose in want["doses"] if taken(dose)]


def worksheet(want):
    texts, days = [], set()
    for dose in want["doses"]:
        if dose["state"] == "omitted":
            continue
        days.add(day(dose["date"]))
        texts += [dose["shown"], *dose["working"], figure(dose["uncapped"] or dose["calculated"], dose["unit"])]
        texts += [dose["planned_shown"], dose["supply"] or "", "; ".join(dose["marks"])]
    bodies = [want["subject"][name] for name in ("height", "weight") if want["subject"][name]]
    return texts, days, bodies


def protocol(want):
    # The plan with the worst of texts renames the drugs of its doses and not those of its regimen.
    renamed = any(one["code"] == "nasty" for one in want["findings"])
    drugs = [] if renamed else {dose["shown"] for dose in want["doses"]}
    return [want["regimen"]["name"], want["regimen"]["indication"]], None, ["; ".join(want["regimen"]["unverified"]), *drugs]


def slip(want):
    """Of each drug the dose where it changes between one cycle and the next."""
    texts, last = [], {}
    for dose in want["doses"]:
        if taken(dose):
            before = last.get(dose["id"])
            if before and before["planned_shown"] != dose["planned_shown"] and before["cycle"] != dose["cycle"]:
                texts += [dose["shown"], before["planned_shown"], dose["planned_shown"]]
            last[dose["id"]] = dose
    nothing = "There is nothing to print here for this plan: no dose differs from that of the cycle before, and no cycle is delayed."
    return texts or [nothing], None, []


def log(want):
    runs = [dose for dose in want["doses"] if "through" in dose and dose["state"] != "omitted"]
    texts = []
    for name in dict.fromkeys(dose["shown"] for dose in runs):
        for dose in (run for run in runs if run["shown"] == name):
            texts += [f"Cycle {dose['cycle']}, {short(dose['planned_date'])} to {short(dose['planned_through'])}", dose["planned_shown"]]
            texts += [f"{one['count']} × {one['strength']}" for one in dose["tablets"]]
    return texts or ["There is nothing to print here for this plan: no dose is taken at home."], None, []


def labels(want):
    texts, days = [], set()
    for dose in filter(taken, want["doses"]):
        days.add(day(dose["planned_date"]))
        texts += [f"{dose['shown']} {dose['planned_shown']}", f"Cycle {dose['cycle']} Day {dose['day']}, {day(dose['planned_date'])}"]
    if want["regimen"]["status"] == "draft":
        texts.append("DRAFT regimen, not for use")
    return texts, days, []


KINDS = {"calendar": calendar, "worksheet": worksheet, "protocol": protocol, "slip": slip, "log": log, "labels": labels}
NAMES = {
    "calendar": "Treatment calendar", "worksheet": "Preparation worksheet", "protocol": "Regimen",
    "slip": "Dose change", "log": "Dispensing and return log", "labels": "Labels",
}


def title(kind, want):
    draft = "DRAFT: " if want["regimen"]["status"] == "draft" else ""
    return f"{draft}{NAMES[kind]}: {want['regimen']['name']}"


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
        if kind == "calendar":
            same(sorted(compact(one) for one in days), sorted(read), "days")
    for one in anywhere:
        must(compact(one) in text, f"{one!r} is missing")
