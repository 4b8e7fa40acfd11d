#!/usr/bin/env python3
"""Campaigns against the record: the program is ended, stopped, starved and lied to, and what it acknowledged is looked for.

    tests/campaign/record.py PROGRAM [--rounds N] [--seed N]

Each campaign ends with a line of counts. Anything lost, acknowledged falsely, changed silently or taken from a forged
import ends the run with exit code 1. What needs a tool that is not there (strace for system-call faults) says so.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ADD = ["subject", "add", "S-001", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07",
       "--accept", "draft=campaign"]


class Clinic:
    """A record in a folder of its own."""

    def __init__(self, program):
        self.program = program
        self.home = tempfile.mkdtemp(prefix="campaign-")
        self.data = os.path.join(self.home, "records")
        self.file = os.path.join(self.data, "records.sqlite")
        self.env = dict(os.environ, HOME=self.home, POSOLOGY_TODAY="2026-12-07")

    def line(self, *arguments):
        return [self.program, *arguments, "--data", self.data]

    def run(self, *arguments, **more):
        return subprocess.run(self.line(*arguments), env=self.env, capture_output=True, text=True, **more)

    def record(self, *arguments):
        done = self.run(*arguments, "--who", "A. Nurse", "--yes", "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["entries"]

    def begin(self, notes=0):
        self.record(*ADD)
        for number in range(notes):
            self.record("subject", "note", "S-001", f"note {number}")
        return self

    def state(self):
        """What a reader is shown, or None where the program refuses."""
        shown = self.run("subject", "show", "S-001", "--history", "--json")
        assert shown.returncode in (0, 1, 4), (shown.returncode, shown.stderr)
        return json.loads(shown.stdout)["history"] if shown.returncode == 0 else None

    def verify(self, *more):
        """0 or 4: whatever was done to the file, the program answers, and never in another way."""
        done = self.run("audit", "verify", *more)
        assert done.returncode in (0, 4), (done.returncode, done.stderr)
        return done.returncode

    def notes(self):
        return [one["event"]["note"]["reason"] for one in self.state() if "note" in one["event"]]

    def gone(self):
        shutil.rmtree(self.home, ignore_errors=True)


def ended(program, rounds, chance):
    """Writes ended at random moments, some stopped first, some by two at once."""
    clinic = Clinic(program).begin()
    acknowledged, sent = [], 0
    for number in range(rounds):
        writers = []
        for writer in range(chance.choice([1, 1, 2])):
            text = f"n{number}.{writer}"
            line = clinic.line("subject", "note", "S-001", text, "--who", "A", "--yes", "--json")
            process = subprocess.Popen(line, env=clinic.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            writers.append((text, process))
            sent += 1
        time.sleep(chance.uniform(0, 0.08))
        for text, process in writers:
            how = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, None])
            if how is signal.SIGKILL and chance.random() < 0.3:
                process.send_signal(signal.SIGSTOP)
                time.sleep(0.01)
            if how is not None:
                process.send_signal(how)
        for text, process in writers:
            out, _ = process.communicate()
            if process.returncode == 0 and json.loads(out)["recorded"]:
                acknowledged.append(text)
    notes = clinic.notes()
    lost = [text for text in acknowledged if text not in notes]
    twice = len(notes) - len(set(notes))
    sound = clinic.verify() == 0
    left = [name for name in os.listdir(clinic.data) if "journal" in name]
    clinic.gone()
    print(f"ended: {sent} writes, {len(acknowledged)} acknowledged, {len(notes)} stand, {len(lost)} lost, {twice} twice")
    return not lost and not twice and sound and not left


CALLS = ["pwrite64", "fsync", "fdatasync", "unlink", "openat", "ftruncate", "write", "linkat", "link", "rename", "renameat2",
         "fcntl"]


def places(clinic, line):
    """How often a command makes each call."""
    log = os.path.join(clinic.home, "calls")
    traced = ["strace", "-f", "-qq", "-c", "-o", log, "-e", "trace=" + ",".join(CALLS), *line]
    subprocess.run(traced, env=clinic.env, capture_output=True, check=True)
    rows = [row.split() for row in open(log)]
    return {row[-1]: int(row[3]) for row in rows if len(row) >= 5 and row[-1] in CALLS}


def faults(program, rounds, chance):
    """Every system call that writes fails once, at each place it is made: of a note, and of a record's first entry."""
    if not shutil.which("strace"):
        print("faults: strace is not there, so no system call was made to fail")
        return True
    bad, tried, ghosts = [], 0, 0
    note = ["subject", "note", "S-001", "a note", "--who", "A", "--yes"]
    first = [*ADD, "--who", "A", "--yes"]
    for kind, notes, arguments in [("note", 1, note), ("enrolled", None, first)]:
        def begun():
            return Clinic(program) if notes is None else Clinic(program).begin(notes)

        counted = begun()
        every = [(call, place) for call, count in places(counted, counted.line(*arguments)).items()
                 for place in range(1, count + 1)]
        counted.gone()
        for call, place in sorted(chance.sample(every, min(len(every), 2 * rounds))):
            clinic = begun()
            before = len(clinic.state() or [])
            fault = chance.choice(["error=EIO", "error=ENOSPC", "signal=KILL"])
            trace = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"inject={call}:{fault}:when={place}"]
            done = subprocess.run(trace + clinic.line(*arguments), env=clinic.env, capture_output=True, text=True)
            tried += 1
            new = (clinic.state() or [])[before:]
            stands = any(kind in one["event"] for one in new)
            said = "Recorded for" in done.stderr
            unsaved = "nothing was saved" in done.stderr
            # 127: the system could not load the program, before it began; a killed one has no code of its own.
            code = done.returncode in (0, 1, 4, 5, 127) or "KILL" in fault
            untrue = (said and not stands) or (unsaved and stands) or (done.returncode == 0 and not stands)
            if untrue or not code or len(new) > 1 or (os.path.exists(clinic.file) and clinic.verify() != 0):
                bad.append((kind, call, place, fault, done.returncode, done.stderr))
            ghosts += stands and not said
            clinic.gone()
    for one in bad:
        print("faults: WRONG", one)
    print(f"faults: {tried} system calls failed, {len(bad)} untrue answers, {ghosts} entries stand that nobody was told of")
    return not bad


def damaged(program, rounds, chance):
    """Flipped bits, cut files, swapped pages: what is shown is what was recorded, or the program refuses."""
    clinic = Clinic(program).begin(12)
    before, whole = clinic.state(), open(clinic.file, "rb").read()
    found = harmless = 0
    wrong = []
    page = 4096
    for number in range(rounds):
        damaged = bytearray(whole)
        how = chance.choice(["flip", "flip", "flip", "cut", "swap", "zero"])
        at = chance.randrange(len(damaged))
        if how == "flip":
            damaged[at] ^= 1 << chance.randrange(8)
        elif how == "cut":
            del damaged[at:]
        elif how == "swap":
            one, other = (page * chance.randrange(len(whole) // page) for _ in range(2))
            damaged[one:one + page], damaged[other:other + page] = whole[other:other + page], whole[one:one + page]
        else:
            damaged[at:at + 512] = bytes(len(damaged[at:at + 512]))
        open(clinic.file, "wb").write(damaged)
        shown = clinic.state()
        if shown is not None and shown != before:
            wrong.append((how, at))
        if shown is None or clinic.verify() != 0:
            found += 1
        else:
            harmless += 1
        if open(clinic.file, "rb").read() != bytes(damaged):
            wrong.append(("changed by looking", at))
        for rest in ["-journal", "-wal", "-shm"]:
            if os.path.exists(clinic.file + rest):
                os.remove(clinic.file + rest)
    clinic.gone()
    print(f"damaged: {rounds} damages, {found} found, {harmless} harmless, {len(wrong)} silent: {wrong[:3]}")
    return not wrong


def exchanged(program, rounds, chance):
    """An older copy, a cut tail and the file of another study: each is found with a seal."""
    clinic, other = Clinic(program).begin(4), Clinic(program).begin(4)
    older = open(clinic.file, "rb").read()
    clinic.record("subject", "note", "S-001", "the last")
    seal = os.path.join(clinic.home, "seal.txt")
    clinic.run("audit", "seal", "-o", seal)
    newest = open(clinic.file, "rb").read()
    kept = []
    for name, content in [("older", older), ("another", open(other.file, "rb").read())]:
        open(clinic.file, "wb").write(content)
        if clinic.verify() != 0 or clinic.verify("--seal", seal) != 4:
            kept.append(name)
    open(clinic.file, "wb").write(newest)
    cut = sqlite3.connect(clinic.file)
    guards = cut.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        cut.execute(f"DROP TRIGGER {name}")
    cut.executescript(
        "DELETE FROM event WHERE seq = 6;"
        "UPDATE head SET events = 5, seq = 5, hash = (SELECT hash FROM event WHERE seq = 5);"
        "DELETE FROM text WHERE value = 'the last';"
    )
    for _, sql in guards:
        cut.execute(sql)
    cut.commit()
    cut.close()
    if clinic.verify() != 0 or clinic.verify("--seal", seal) != 4:
        kept.append("cut")
    clinic.gone()
    other.gone()
    print(f"exchanged: 3 files, {3 - len(kept)} found by the seal {kept}")
    return not kept


def forged(program, rounds, chance):
    """Exports with lines lost, doubled, changed or made up: none is taken, and the lists go on."""
    clinic = Clinic(program).begin(4)
    export = clinic.run("subject", "export", "S-001").stdout.splitlines(keepends=True)
    taken, tried = [], 0
    path = os.path.join(clinic.home, "forged.jsonl")
    for number in range(rounds):
        lines = list(export)
        how = chance.choice(["lose", "double", "swap", "byte", "value"])
        at = chance.randrange(len(lines))
        if how == "lose":
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        elif how == "swap":
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif how == "byte":
            text = lines[at]
            place = chance.randrange(len(text))
            lines[at] = text[:place] + chance.choice("0a}\"x") + text[place + 1:]
        else:
            lines[at] = lines[at].replace("65 kg", "6500 kg").replace("S-001", "John Smith 1980").replace("A. Nurse", "")
        if lines == export:
            continue
        open(path, "w").write("".join(lines))
        target = Clinic(program)
        tried += 1
        if target.run("subject", "import", path, "--who", "B").returncode == 0:
            taken.append((how, at))
        elif os.path.exists(target.data):
            taken.append(("left a folder", how, at))
        target.gone()
    clinic.gone()
    print(f"forged: {tried} imports, {len(taken)} taken: {taken[:3]}")
    return not taken


def full(program, rounds, chance):
    """A disk that fills up, as a limit on the size of files: told, nothing lost, and the record goes on."""
    clinic = Clinic(program).begin(1)
    acknowledged = 0
    limit = os.path.getsize(clinic.file) // 1024 + 24
    # Until it is full, which takes the same number of entries however many rounds are asked for.
    for number in range(100):
        line = clinic.line("subject", "note", "S-001", "x" * 600, "--who", "A", "--yes")
        limited = ["bash", "-c", f"trap '' XFSZ; ulimit -f {limit}; exec \"$@\"", "-", *line]
        done = subprocess.run(limited, env=clinic.env, capture_output=True, text=True)
        if done.returncode != 0:
            break
        acknowledged += 1
    assert done.returncode != 0, "it was never full"
    told = "nothing was saved" in done.stderr
    stand = len(clinic.notes()) - 1
    again = clinic.run("subject", "note", "S-001", "with room", "--who", "A", "--yes").returncode == 0
    clinic_sound = clinic.verify() == 0
    clinic.gone()
    print(f"full: {acknowledged} acknowledged, {stand} stand, told: {told}, goes on: {again}")
    return acknowledged == stand and told and again and clinic_sound


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    program = os.path.abspath(asked.program)
    campaigns = [ended, faults, damaged, exchanged, forged, full]
    failed = [one.__name__ for one in campaigns if not one(program, asked.rounds, chance)]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
