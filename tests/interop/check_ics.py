"""iCalendar: four readers and the raw rules none of them checks."""

import os
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import ical.calendar_stream
import icalendar
import vobject
from harness import expected, must, same

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
        must(not ("TZID=" in name), "a time zone in an all-day calendar")


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
            first, after = event.decoded("DTSTART"), event.decoded("DTEND")
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
        same((first, after, title), (event.dtstart, event.dtend, event.summary), event.uid)
    same(len(events), len(second.events), "events")
    strict = subprocess.run(["node", "ics.mjs", path], capture_output=True, text=True, env={**os.environ, "NODE_PATH": ""})
    must(strict.returncode == 0, f"ical.js: {strict.stderr.strip()[-200:]}")
    same(len(events), int(strict.stdout), "events of ical.js")
    return events


def readable(text):
    """What a title can hold: control characters become spaces, line breaks one kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 else c for c in text)


def accept(path):
    events = gate(path)
    rows = expected(path)
    if rows is None:
        return
    days = lambda first, last: (date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))
    want = []
    for row in rows["doses"]:
        open_end = "" if row["certain"] else " (if treatment continues)"
        want.append((*days(row["date"], row.get("through") or row["date"]), f"C{row['cycle']}D{row['day']} {readable(row['shown'])}{open_end}"))
    for row in rows["ends"] + rows["assessments"]:
        want.append((*days(row["date"], row["date"]), None))
    got = [(first, after, title) for first, after, title, _, _ in events.values()]
    same(len(want), len(got), "events")
    for first, after, title in want:
        found = [one for one in got if one[:2] == (first, after) and (title is None or one[2].endswith(title))]
        must(found, f"no event {first} to {after} {title!r}")
    split(path, events)
    update(path, events)


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
    """One dose moved, one dropped: the same identities, their numbers raised, the dropped one cancelled."""
    later = gate(path.parent / "updated.ics")
    same(set(events), set(later), "identities")
    changed = {uid for uid in events if events[uid] != later[uid]}
    same(2, len(changed), "changed events")
    must(all(later[uid][3] == 1 for uid in changed), "sequence of changed events")
    # A dose that was omitted before is cancelled already and may be the one that moved.
    same(1, sum(later[uid][4] == "CANCELLED" != events[uid][4] for uid in changed), "newly cancelled events")


CHECKS = {"ics": accept}
