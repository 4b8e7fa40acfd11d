"""Faults that once left the program, each looked for again in what it prints and writes: a dose taken once that was labelled daily,
a day's amount beside the total, a warning that stayed behind, a sheet for patients with what is not for them. What must be there
and what must never be is worked out by hand; each piece is tried on a twin that lacks it, or has it.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from check_courses import COMMON, PROGRAM
from check_pages import hold, whole
from courses import PERSON, TODAY
from harness import must

START = ["--start", "2026-12-07"]
# Nothing of the clinic's is on a page for patients.
CLINIC = ["C1D1", "vial", "sha256", "erified", "Window", "order", "mg/m"]

# What, regimen, options, format, what must be there, what must never be.
FAULTS = [
    # Dexamethasone the evening before paclitaxel is one dose of 20 mg; 07-Dec-2026 is a Monday.
    ("one dose is not daily", "gyn-carboplatin-paclitaxel", ["--cycles", "1"], "html-labels", ["Take one dose on Sunday 06-Dec-2026"], ["Take once daily: 1 dose", "Take once daily, Sun"]),
    # 100 mg/m² × 1.75 m² = 175 mg a day, for 7 days 1,225 mg, from Monday to the Monday after.
    ("a day's amount beside the total", "heme-7plus3", ["--cycles", "1", "--exposure", "daunorubicin=none"], "html-labels", ["1,225 mg", "over 168 hours", "start Mon 07-Dec", "end Mon 14-Dec", "1,225 mg is for all 168 hours, not for one day"], ["mL per 24 hours", "mL in each 24 hours"]),
    ("a warning that stays behind", "heme-rchop21", ["--cycles", "1"], "html-labels", ["For intravenous use only: fatal if given by other routes", "Bag ____ of ____ in 50 mL sodium chloride 0.9 %"], []),
    ("a diluent that is not printed", "gi-mfolfox6", ["--cycles", "1"], "html-worksheet", ["glucose 5 %, 500 mL", "limits 0.2 to 0.7 mg/mL", "NEVER with sodium chloride 0.9 %", "4,200 mg is the dose for all of it, not for one day"], ["49.149606299212598425196850394", "after folinic-acid"]),
    # 400 mg of 50 mg in 10 mL are 80 mL; 123 mg of 43 mg in 10 mL are 28.6046… mL.
    ("a volume that is rounded away", "npc-liposomal-irinotecan-nituzumab", ["--cycles", "1"], "html-worksheet", ["80 mL", "about 28.6 mL"], ["= 0 mL"]),
    # 1,000 mg/m² × 1.75 m² twice a day, to tablets of 500 mg in all 3,500 mg: 3 in the morning, 4 in the evening.
    ("tablets without their days", "gi-xelox", ["--cycles", "1"], "html-calendar", ["3 tablets of 500 mg (1,500 mg)", "4 tablets of 500 mg (2,000 mg)", "First: evening of Mon 07-Dec", "Last: morning of Mon 21-Dec", "28 doses, 98 tablets of 500 mg in all", "SAMPLE, DO NOT HAND OUT", "please return it"], [*CLINIC, "twice daily"]),
    ("a calendar with what is not for patients", "npc-liposomal-irinotecan-nituzumab", [], "html-calendar", [f"{day}-20{year}" for day, year in zip("07-Dec 21-Dec 04-Jan 18-Jan 01-Feb 15-Feb 01-Mar 15-Mar".split(), "26 26 27 27 27 27 27 27".split())] + ["Page 1 of 1", "Cannot come? Call us", "Blood test on"], [*CLINIC, "Page 1 of 2"]),
]

# What is asked for and cannot be, with what is said.
TOLD = [
    (["--only-cycle", "99", "--as", "html-labels"], 1, "The plan has no cycle 99"),
    (["--cycles", "9"], 0, "9 cycles were asked for, and the regimen has"),
    (["--subject", "00123", "--as", "csv", "--excel"], 0, "may take 00123 for a number or a date"),
    (["--subject", "=1+1", "--as", "csv"], 3, "letters"),
    (["--study", "=1+1", "--as", "sdtm-ec"], 2, "letters"),
]


def looked_for():
    with tempfile.TemporaryDirectory() as folder:
        broken = 0
        surroundings = {**os.environ, "POSOLOGY_TODAY": TODAY, "HOME": folder}
        ask = lambda *arguments: subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, encoding="utf-8", env=surroundings)
        for what, regimen, options, format_id, there, never in FAULTS:
            path = Path(folder) / f"{regimen}.{format_id}.html"
            told = ask("plan", regimen, *PERSON, *START, "--subject", "S-014", *COMMON, *options, "--as", format_id, "-o", str(path), "--force")
            must(told.returncode == 0, f"{what}: {told.stderr[-400:]}")
            broken += hold(what, [(whole(path), there, never)])
        for options, code, words in TOLD:
            told = ask("plan", "gi-xelox", *PERSON, *START, *options)
            must((told.returncode == code) and words in told.stderr, f"{options}: {told.returncode} {told.stderr[-400:]}")
        return f"{len(FAULTS)} faults and {len(TOLD)} requests that cannot be met, {broken} broken twins refused"


OWN = {"faults": looked_for}
