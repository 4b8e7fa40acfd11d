#!/usr/bin/env python3
"""What a record costs as it grows: CPU seconds of the program's commands at two sizes, and milliseconds a subject of the lists.

    tests/campaign/cost.py PROGRAM [SUBJECTS ...]

A record of one subject is made by the program and multiplied in the file, with hashes computed here from the description
in docs/record.md, so that making it needs no day. 20 events a subject. The lists are measured with nothing kept beside the
record (every subject is worked out), and again with what the first time kept.
"""

import hashlib
import json
import os
import resource
import secrets
import sqlite3
import struct
import subprocess
import sys
import tempfile

NOTES = 19


def framed(*parts):
    sha = hashlib.sha256()
    for part in parts:
        part = part if isinstance(part, bytes) else str(part).encode()
        sha.update(struct.pack(">Q", len(part)))
        sha.update(part)
    return sha.hexdigest()


def grown(program, home, subjects):
    """A record with so many subjects."""
    data = os.path.join(home, f"records-{subjects}")
    env = dict(os.environ, HOME=home, POSOLOGY_TODAY="2026-12-07")

    def run(*arguments):
        done = subprocess.run([program, *arguments, "--data", data], env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    run("subject", "add", "S-00001", "gi-mfolfox6", "--height", "170", "--weight", "65", "--start", "2026-12-07",
        "--accept", "draft=campaign", "--who", "A", "--yes")
    for number in range(NOTES):
        run("subject", "note", "S-00001", f"note {number}", "--who", "A", "--yes")
    db = sqlite3.connect(os.path.join(data, "records.sqlite"))
    db.execute("PRAGMA synchronous = OFF")
    columns = [row[1] for row in db.execute("PRAGMA table_info(event)")]
    events = [dict(zip(columns, row)) for row in db.execute("SELECT * FROM event ORDER BY seq")]
    texts = dict((row[0], row[2]) for row in db.execute("SELECT id, salt, value FROM text"))
    previous, seq = events[-1]["hash"], len(events)
    said = ["subject", "kind", "version", "effective", "recorded", "offset", "who", "account", "machine"]
    for number in range(2, subjects + 1):
        prior, prior_hash = 0, ""
        for model in events:
            seq += 1
            event = dict(model, seq=seq, previous=previous, prior=prior, prior_hash=prior_hash,
                         act=secrets.token_hex(16), subject=f"S-{number:05}")
            body = model["body"]
            for known, value in texts.items():
                if known.encode() in body:
                    salt = secrets.token_bytes(16)
                    new = hashlib.sha256(salt + value.encode()).hexdigest()
                    db.execute("INSERT INTO text VALUES (?, ?, ?)", (new, salt, value))
                    body = body.replace(known.encode(), new.encode())
            event["body"] = body
            content = framed(event["act"], *(event[name] for name in said), body)
            event["hash"] = framed(previous, seq, prior, prior_hash, event["origin"], content)
            db.execute(f"INSERT INTO event VALUES ({','.join('?' * len(columns))})", [event[name] for name in columns])
            previous = prior_hash = event["hash"]
            prior = seq
    db.commit()
    db.close()
    return data, env


def cost(program, env, data, *arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, *arguments, "--data", data], env=env, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, (arguments, done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    program = os.path.abspath(sys.argv[1])
    sizes = [int(size) for size in sys.argv[2:]] or [100, 10000]
    commands = {
        "first of the day": ["subject", "list"],
        "show one": ["subject", "show", "S-00001"],
        "due, nothing kept": ["due"],
        "due, kept": ["due"],
        "list, kept": ["subject", "list"],
        "given": ["subject", "given", "S-00001", "--cycle", "1", "--who", "A", "--yes"],
        "due after it": ["due"],
        "audit verify": ["audit", "verify"],
        "audit show": ["audit", "show", "--json"],
    }
    with tempfile.TemporaryDirectory(prefix="cost-") as home:
        table = {}
        for size in sizes:
            data, env = grown(program, home, size)
            table[size] = {}
            for name, line in commands.items():
                if name.endswith("nothing kept"):
                    for kept in ("records.listed", "records.waiting"):
                        os.remove(os.path.join(data, kept))
                table[size][name] = cost(program, env, data, *line)
    print(f"{'':<18}" + "".join(f"{20 * size:>12} events" for size in sizes))
    for name, line in commands.items():
        each = "due" in line or "list" in line
        cells = (f"{table[size][name]:>15.3f} s" + (f" {1000 * table[size][name] / size:>8.3f} ms each" if each else "")
                 for size in sizes)
        print(f"{name:<18}" + "".join(cells))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"peak_memory_mb": peak // 1024}))


if __name__ == "__main__":
    main()
