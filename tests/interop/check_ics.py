"""iCalendar: four readers and the raw rules none of them checks."""

import os
import re
import subprocess
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

import ical.calendar_stream
import icalendar
import vobject
from harness import expected, must, named, same

TOOLS = Path(os.environ["INTEROP_TOOLS"])


def raw(data):
    """Lines: CRLF, at most 75 octets, each by itself UTF-8, no escape split; text values escaped."""
    must(not data.startswith(b"\xef\xbb\xbf"), "a byte-order mark")
    must(data.endswith(b"\r\n") and data.count(b"\n") == data.count(b"\r\n"), "a bare line feed")
    for line in data.split(b"\r\n"):
        must(len(line) <= 75, f"{len(line)} octets: {line!r}")
        line.decode("utf-8")
        must((len(line) - len(line.rstrip(b"\\"))) % 2 == 0, f"an escape is split: {line!r}")
    for line in data.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if name in ("SUMMARY", "DESCRIPTION", "NAME"):
            must(not re.sub(r"\\[\\;,nN]", "", value).count("\\"), f"a false escape: {line}")
            must(not re.search(r"[;,]", re.sub(r"\\.", "", value)), f"unescaped: {line}")
        must(not ("TZID=" in name), "a time zone in a calendar of the reader's own clock")


def read(data):
    """Events by icalendar, after its own complaints: {uid: (first day, day after, title, sequence, status)}."""
    events = {}
    for calendar in icalendar.Calendar.from_ical(data, multiple=True):
        must(not calendar.errors, calendar.errors)
        for part in calendar.walk():
            must(not part.errors, part.errors)
            missing = [name for name in part.required if name not in part]
            must(not missing, f"missing {missing}")
        for event in calendar.walk("VEVENT"):
            # A day, or a time on the clock of whoever reads it; what has a beginning alone takes no time.
            first, after = event.decoded("DTSTART"), event.decoded("DTEND", None)
            if type(first) is datetime:
                must(first.tzinfo is None and (after is None or type(after) is datetime and after > first), f"{first} to {after}")
                must("Times are those of the clinic's clock." in event["DESCRIPTION"], "a time, and not whose clock it is")
                after = after or first
            else:
                must(type(first) is date and type(after) is date and after > first, f"{first} to {after}")
            uid = str(event["UID"])
            must(uid not in events, f"{uid} twice")
            status = str(event["STATUS"])
            must(status in ("TENTATIVE", "CONFIRMED", "CANCELLED"), status)
            events[uid] = (first, after, str(event["SUMMARY"]), int(event["SEQUENCE"]), status)
    return events


def gate(path):
    data = path.read_bytes()
    raw(data)
    text = data.decode()
    for calendar in vobject.readComponents(text):
        calendar.validate(raiseException=True)
    second = ical.calendar_stream.IcsCalendarStream.calendar_from_ics(text)
    events = read(data)
    for event in second.events:
        first, after, title, _, _ = events[event.uid]
        same((first, after, title), (event.dtstart, event.dtend or event.dtstart, event.summary), event.uid)
    same(len(events), len(second.events), "events")
    strict = subprocess.run(["node", "ics.mjs", path], capture_output=True, text=True, env={**os.environ, "NODE_PATH": ""})
    must(strict.returncode == 0, f"ical.js: {strict.stderr.strip()[-200:]}")
    same(len(events), int(strict.stdout), "events of ical.js")
    return events


def readable(text):
    """What a title can hold: whatever steers a text becomes a space, line breaks one kind; what joins characters stays."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    steers = lambda c: unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\u200c\u200d"
    return "".join(" " if steers(c) else c for c in text)


def visits(rows):
    """One event a visit and one a run at home: {(first day, last day, place): what is done, and whether it is certain}."""
    found = {}

    def at(first, last, phase, row):
        return found.setdefault((first, last, phase, row["cycle"], row["day"]), {"names": [], "doses": [], "certain": True, "given": False, "clock": []})

    for number, row in enumerate(rows["doses"]):
        run = number if row.get("through") else None
        visit = at(row["date"], row.get("through") or row["date"], (row["phase"], run), row)
        visit["names"].append(named(row))
        visit["doses"].append(row["dose_shown"])
        visit["certain"] &= row["certain"]
        visit["given"] |= row["given_date"] is not None
        stands = "given" if row["given_date"] else "planned"
        begins, ends = row[f"{stands}_begins"], row[f"{stands}_ends"]
        visit["clock"].append(begins and (begins, ends or begins))
    for row in rows["ends"]:
        visit = at(row["date"], row["date"], (row["phase"], None), row)
        # It begins the title, and so with a capital letter.
        visit["names"].append(row["visit"][:1].upper() + row["visit"][1:])
        visit["certain"] &= row["certain"]
    for row in rows["assessments"]:
        # An assessment knows no phase: it joins what is done that day in its cycle.
        joined = [key for key in found if key[:2] == (row["date"], row["date"]) and key[3:] == (row["cycle"], row["day"])]
        phase = joined[0][2] if joined else (None, None)
        at(row["date"], row["date"], phase, row)["names"].append(row["name"])
    return found


def accept(path):
    events = gate(path)
    rows = expected(path)
    if rows is None:
        return
    want = visits(rows)
    same(len(want), len(events), "events")
    titles = [(str(first)[:10], title) for first, _, title, _, _ in events.values()]
    same(len(titles), len(set(titles)), "events of one day with one title")
    notes = {uid: str(event["DESCRIPTION"]) for uid, event in described(path).items()}
    left = dict(events)
    for (first, last, _, cycle, day), visit in want.items():
        days = (date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))
        # From the first beginning to the last end, where both are known of every dose of the visit.
        if visit["clock"] and all(visit["clock"]) and first == last:
            begins, ends = zip(*visit["clock"])
            days = (datetime.fromisoformat(min(begins)), datetime.fromisoformat(max(ends)))
        place = f"C{cycle}D{day}: " if cycle and day else ": "
        done = lambda uid: all(readable(part) in left[uid][2] for name in visit["names"] for part in name.split(", ")) and all(readable(dose) in notes[uid] for dose in visit["doses"])
        found = [uid for uid, one in left.items() if one[:2] == days and place in one[2] and done(uid)]
        must(found, f"no event {first} to {last} {place}{visit['names']}")
        uid = found[0]
        open_end = left.pop(uid)[2].endswith(" (if treatment continues)")
        must(visit["given"] or open_end == (not visit["certain"]) or events[uid][4] == "CANCELLED" or "HELD" in events[uid][2], f"{events[uid][2]}: certainty")
    must(not left, f"events of nothing: {left}")
    split(path, events)
    update(path, events)


def described(path):
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def split(path, events):
    """One file an event, and together the same events."""
    files = sorted((path.parent / "split").glob("*.ics"))
    same(len(events), len(files), "split files")
    for file in files:
        raw(file.read_bytes())
        ((uid, event),) = read(file.read_bytes()).items()
        same(f"{uid}.ics", file.name, "name of a split file")
        same(events[uid], event, uid)


def update(path, events):
    """One visit moved, one dropped: the same identities, their numbers raised, the dropped one cancelled and no other."""
    later = gate(path.parent / "updated.ics")
    same(set(events), set(later), "identities")
    changed = {uid for uid in events if events[uid] != later[uid]}
    same(2, len(changed), "changed events")
    must(all(later[uid][3] == 1 for uid in changed), "sequence of changed events")
    same([uid for uid in changed if events[uid][4] == "CANCELLED"], [], "a changed event was cancelled before")
    same(1, sum(later[uid][4] == "CANCELLED" for uid in changed), "cancelled events")


CHECKS = {"ics": accept}
