"""Print-outs as PDF: structure by qpdf (pikepdf), text by pdfminer in the order in which a reader hears it."""

import io
import re

import pikepdf
from harness import expected, must, same
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from printed import DAYS, HANDOUTS, KINDS, NOTICE, compact, holds, marked, title

# As tests/it/schedules.rs has them.
STUDY, SUBJECT = "NPC-1", "S-014"
# What no font of the program has is drawn as its number.
NUMBERED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


class Drawn(PDFLayoutAnalyzer):
    """The characters of each page in the order in which they are drawn, which is the order of the tags."""

    def __init__(self, manager):
        super().__init__(manager, laparams=None)
        self.pages = []

    def receive_layout(self, page):
        text = "".join(one.get_text() for one in page if isinstance(one, LTChar))
        self.pages.append(NUMBERED.sub(lambda number: chr(int(number[1], 16)), text))


def pages(data):
    manager = PDFResourceManager()
    device = Drawn(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.get_pages(io.BytesIO(data)):
        interpreter.process_page(page)
    return device.pages


def structure(pdf):
    problems = pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else pdf.check()
    must(not problems, f"qpdf: {problems}")
    root = pdf.Root
    same("en", str(root.get("/Lang", "")), "language")
    must(bool(root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in root, "not tagged")
    kinds = {str(one["/S"]) for one in elements(root.StructTreeRoot)}
    must({"/H1", "/P"} <= kinds, f"tags without heading or paragraph: {kinds}")
    must(bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)), "the window would show the file's name")
    must(str(pdf.docinfo.get("/Title", "")).strip() and pdf.open_metadata().get("dc:title"), "no title")
    for page in pdf.pages:
        for font in page.resources.get("/Font", {}).values():
            must(any(embedded(one) for one in font.get("/DescendantFonts", [font])), f"{font.get('/BaseFont')} is not embedded")


def embedded(font):
    descriptor = font.get("/FontDescriptor", {})
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def elements(element):
    """Every element of the tree of tags, in its order."""
    below = element.get("/K")
    for one in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            yield from elements(one)


def accept(kind):
    def check(path):
        data = path.read_bytes()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            structure(pdf)
            named = str(pdf.docinfo["/Title"])
            size = [float(value) for value in pdf.pages[0].mediabox]
            must(size in ([0, 0, 595.28, 841.89], [0, 0, 612, 792]), f"neither A4 nor Letter: {size}")
            empty = "nothing to print" in "".join(pages(data))
            count = len(pdf.pages)
        read = pages(data)
        same(count, len(read), "pages")
        for number, text in enumerate(read, 1):
            if kind == "labels" and not empty:
                continue
            # A loose page says whose it is; the page of the regimen is nobody's.
            for code in (STUDY, SUBJECT) if kind in ("worksheet", "log") else ():
                must(code in text, f"page {number} of {count} does not say {code}")
            if kind == "worksheet" and not empty and "Overview" not in text:
                must(bool(DAYS.search(compact(text))), f"page {number} of {count} does not say its day")
            must(compact(f"Page {number} of {count}") in compact(text), f"page {number} of {count} is not numbered so")
            if kind not in HANDOUTS:
                must(compact(NOTICE) in compact(text) and "erifiedby" in compact(text), f"page {number}: no notice")
        want = expected(path)
        if want is None:
            return
        same(compact(title(kind, want)), compact(named), "title")
        if want["regimen"]["status"] == "draft":
            must(all(marked(kind, " ".join(text.split())) for text in read), "a page without DRAFT or SAMPLE")
        holds(kind, "".join(body(text) for text in read), want)

    return check


def body(text):
    """What stands between the head and the foot of the page: both are drawn first."""
    number = re.search(r"Page ?\d+ ?of ?\d+", text)
    return text[number.end():].replace(NOTICE, "", 1) if number else text


CHECKS = {f"pdf-{kind}": accept(kind) for kind in KINDS}
