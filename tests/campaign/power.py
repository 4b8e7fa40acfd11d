#!/usr/bin/env python3
"""Power is lost: every state in which a disk may be found after the program was cut off in the middle of a write.

    tests/campaign/power.py PROGRAM [--states N] [--seed N]

What the program asks of the system is written down (strace), and played again in memory. A disk keeps what was synced; of
what was not, it keeps any part: writes in any choice and torn at sectors, names up to any point or in any choice. Each state
is put on a real disk and read by the program. It has to say what stood before or what stands after, nothing between; once
the program has answered, what stands after. A disk that lies about syncing may lose more: then the program says that, or what
stood before or after, and never anything else.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = ("openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,"
         "mkdir,mkdirat,rmdir,copy_file_range,sendfile")
SECTOR = 512
ANSWERS = (b"Recorded for", b"Imported S-001", b"Restored")
ADD = ["subject", "add", "S-001", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07",
       "--accept", "draft=campaign", "--who", "A", "--yes"]
NOTE = ["subject", "note", "S-001", "the last", "--who", "A", "--yes"]


def run(program, home, data, *arguments):
    env = dict(os.environ, HOME=home, POSOLOGY_TODAY="2026-12-07")
    return subprocess.run([program, *arguments, "--data", data], env=env, capture_output=True, text=True)


def said(program, home, data):
    """What a reader is shown; None where there is no record, "refused" where the program says that it is damaged."""
    shown = run(program, home, data, "subject", "show", "S-001", "--history", "--json")
    assert shown.returncode in (0, 1, 4), (shown.returncode, shown.stderr)
    if shown.returncode == 0:
        return json.loads(shown.stdout)["history"]
    absent = "there is no record" in shown.stderr or "there is no subject" in shown.stderr
    return None if absent else "refused"


class File:
    """A file, or a folder: what is on the disk for certain, and what was asked for since."""

    def __init__(self, content=b""):
        self.durable = bytearray(content)
        self.pending = []


def text(hexed):
    return bytes.fromhex(hexed.replace("\\x", ""))


STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
PLACE = re.compile(r"<((?:\\x[0-9a-f]{2})+)>")
LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")


def calls(log):
    """The calls that did something, in order: name, strings, paths of open files, the rest of the arguments."""
    for line in open(log):
        found = LINE.match(line)
        if found and int(found[3]) >= 0:
            name, rest = found[1], found[2]
            strings = [text(one) for one in STRING.findall(rest)]
            paths = [text(one).decode() for one in PLACE.findall(rest)]
            yield name, strings, paths, STRING.sub('""', PLACE.sub("", rest)), int(found[3])


class Disk:
    """Names and files below one folder."""

    def __init__(self, root):
        self.root = root
        self.names = {}
        for folder, _, files in os.walk(root):
            for name in files:
                path = os.path.join(folder, name)
                self.names[path] = File(open(path, "rb").read())
        self.durable = dict(self.names)
        self.pending = []
        self.answered = False

    def mine(self, path):
        return path == self.root or path.startswith(self.root + "/")

    def name(self, path, file):
        """A name is given, or taken away; it is on the disk once its folder was synced."""
        if file is None:
            self.names.pop(path, None)
        else:
            self.names[path] = file
        self.pending.append((path, file))

    def play(self, call):
        name, strings, paths, rest, result = call
        where = [one.decode() for one in strings if one.startswith(b"/")]
        if name == "write" and paths and not self.mine(paths[0]):
            self.answered = self.answered or any(word in strings[0] for word in ANSWERS)
        elif name == "openat" and where and self.mine(where[0]) and "O_CREAT" in rest and where[0] not in self.names:
            self.name(where[0], File())
        elif name in ("pwrite64", "write", "ftruncate") and paths and paths[0] in self.names:
            figures = [int(one) for one in re.findall(r", (\d+)", rest)]
            file = self.names[paths[0]]
            if name == "ftruncate":
                file.pending.append(("cut", figures[0], b""))
            else:
                at = figures[-1] if name == "pwrite64" else self.length(file)
                file.pending.append(("put", at, strings[0]))
        elif name in ("copy_file_range", "sendfile") and len(paths) == 2:
            source, to = paths if name == "copy_file_range" else reversed(paths)
            file = self.names[to]
            at, whole = self.length(file), open(source, "rb").read()
            file.pending.append(("put", at, whole[at:at + result]))
        elif name in ("fsync", "fdatasync") and paths and self.mine(paths[0]):
            self.sync(paths[0])
        elif name.startswith(("rename", "link")) and len(where) == 2 and self.mine(where[0]):
            file = self.names[where[0]]
            self.name(where[1], file)
            if name.startswith("rename"):
                self.name(where[0], None)
        elif name.startswith("unlink") and where and where[0] in self.names:
            self.name(where[0], None)

    def sync(self, path):
        if path in self.names:
            file = self.names[path]
            file.durable = bytearray(applied(file.durable, file.pending))
            file.pending = []
            return
        for name, file in [one for one in self.pending if os.path.dirname(one[0]) == path]:
            put(self.durable, name, file)
        self.pending = [one for one in self.pending if os.path.dirname(one[0]) != path]

    @staticmethod
    def length(file):
        return len(applied(file.durable, file.pending))

    def after_power(self, chance):
        """One state in which it may be found: contents by name."""
        names = dict(self.durable)
        if chance.random() < 0.6:
            kept = self.pending[: chance.randrange(len(self.pending) + 1)]
        else:
            kept = [one for one in self.pending if chance.random() < 0.5]
        for name, file in kept:
            put(names, name, file)
        return {name: bytes(self.content(file, chance)) for name, file in names.items()}

    @staticmethod
    def content(file, chance):
        share = chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        kept = []
        for how, at, data in file.pending:
            if chance.random() >= share:
                continue
            if how == "put" and chance.random() < 0.3:
                # Some of its sectors, not all.
                for start in range(0, len(data), SECTOR):
                    if chance.random() < 0.5:
                        kept.append((how, at + start, data[start:start + SECTOR]))
            else:
                kept.append((how, at, data))
        return applied(file.durable, kept)


def put(names, name, file):
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def applied(content, writes):
    content = bytearray(content)
    for how, at, data in writes:
        if how == "cut":
            del content[at:]
            content.extend(bytes(at - len(content)))
        else:
            content.extend(bytes(max(0, at - len(content))))
            content[at:at + len(data)] = data
    return content


def placed(state, root, data):
    """The state on a real disk, in another folder."""
    shutil.rmtree(data, ignore_errors=True)
    for name, content in state.items():
        path = data + name[len(root):]
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, "wb") as out:
            out.write(content)
        os.chmod(path, 0o600)
    os.makedirs(data, mode=0o700, exist_ok=True)


def campaign(program, home, name, begin, act, states, chance):
    root, data = os.path.join(home, name), os.path.join(home, name + "-found")
    begin(root)
    before = said(program, home, root)
    for note in ["records.checked", "records.listed", "records.waiting"]:
        if os.path.exists(os.path.join(root, note)):
            os.remove(os.path.join(root, note))
    disk = Disk(root)
    log = os.path.join(home, name + ".calls")
    trace = ["strace", "-f", "-y", "-xx", "-s", "10000000", "-e", "trace=" + CALLS, "-o", log]
    env = dict(os.environ, HOME=home, POSOLOGY_TODAY="2026-12-07")
    done = subprocess.run([*trace, program, *act, "--data", root], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    after = said(program, home, root)
    assert before != after, name
    steps = list(calls(log))
    lying = Disk.__new__(Disk)
    lying.__dict__ = {**disk.__dict__, "names": dict(disk.names), "durable": dict(disk.names), "pending": []}
    lying.names = {path: File(bytes(file.durable)) for path, file in disk.names.items()}
    lying.durable = dict(lying.names)
    lying.sync = lambda _: None
    seen, wrong, counts = set(), [], {"before": 0, "after": 0, "refused": 0}

    def look(disk, lies):
        state = disk.after_power(chance)
        mark = hashlib.sha256(repr((disk.answered, lies, sorted(state.items()))).encode()).digest()
        if mark in seen:
            return
        seen.add(mark)
        placed(state, root, data)
        found = said(program, home, data)
        kind = "after" if found == after else "before" if found == before else found if found == "refused" else "other"
        # A lost first enrolment and a name that was taken away look alike to a disk that lies.
        allowed = {"after"} if disk.answered else {"after", "before"}
        allowed = {"after", "before", "refused"} if lies else allowed
        if lies and found is None:
            kind = "before"
        counts[kind] = counts.get(kind, 0) + 1
        if kind not in allowed:
            wrong.append((name, kind, lies, disk.answered, sorted(state)))
            shutil.copytree(data, os.path.join(home, f"wrong-{name}-{len(wrong)}"), dirs_exist_ok=True)

    each = max(2, states // max(1, len(steps)))
    for step in steps:
        for which, lies in [(disk, False), (lying, True)]:
            changed = (len(which.pending), sum(len(one.pending) for one in which.names.values()), which.answered)
            which.play(step)
            now = (len(which.pending), sum(len(one.pending) for one in which.names.values()), which.answered)
            if changed != now or step is steps[-1]:
                for _ in range(each if not lies else max(1, each // 2)):
                    look(which, lies)
    print(f"power: {name}: {len(seen)} states of the disk, {counts}, {len(wrong)} wrong {wrong[:2]}")
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--states", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not shutil.which("strace"):
        print("power: strace is not there, so no power was lost")
        return
    chance, program = random.Random(asked.seed), os.path.abspath(asked.program)
    with tempfile.TemporaryDirectory(prefix="power-") as home:
        def with_one(data):
            assert run(program, home, data, *ADD).returncode == 0

        export = os.path.join(home, "S-001.jsonl")
        other = os.path.join(home, "other")
        with_one(other)
        with open(export, "w") as out:
            out.write(run(program, home, other, "subject", "export", "S-001").stdout)
        copy = os.path.join(home, "copy.sqlite")
        assert run(program, home, other, *NOTE).returncode == 0
        assert run(program, home, other, "backup", copy).returncode == 0

        def nothing(data):
            os.mkdir(data, 0o700)

        campaigns = [
            ("note", with_one, NOTE),
            ("first", nothing, ADD),
            ("import", nothing, ["subject", "import", export, "--who", "B"]),
            ("restore", with_one, ["restore", copy, "--who", "B", "--force"]),
        ]
        good = [campaign(program, home, *one, asked.states, chance) for one in campaigns]
    if not all(good):
        sys.exit("failed: power")


if __name__ == "__main__":
    main()
