"""What reading receipts back costs, and how many of a thousand spoiled pages are read."""

import io
import re
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw

from app.core.paper import Context, LetterText, load_paper, print_letters, print_paper, slip_of
from app.core.paper.letter import Recipient
from app.core.scans import Limits, Spool
from app.core.scans.child import look_at, read
from app.core.scans.pages import open_pages
from app.core.scans.shapes import Look
from app.core.settings import Settings
from app.core.slips import Slips
from app.core.store import Store
from app.letters import LetterRegister, Reading, Stack, load_letter_forms
from app.letters.codes import SCANNED, Code, qr_text
from app.students import ClassKey, StudentRegister
from tests.bench.distort import SOURCE_DPI, Scanner

ROOT = Path(__file__).parents[2]
SCHOOL = "5220102001"
CONTEXT = Context("青石镇中心小学", printed_by="张老师")
TEXT = LetterText(
    title="预防溺水致家长的一封信",
    greeting="尊敬的{name}同学家长：",
    blocks=(),
    school=CONTEXT.school,
    date="2026年6月5日",
    confirm="这封信我已经收到并读完，会把里面的话讲给孩子听；孩子离开学校的时候，由我看护好他的安全。",
    batch="HZ26A",
)
LOOK = Look(SCANNED, Slips(slip_of(TEXT, str(Code("HZ26A", 1)))))
_LOTS = 10


def read_back(count):
    """Read ``count`` pages of 200 dpi of both severities; say what was missed and what it took."""
    found = {}
    for severity in ("mid", "severe"):
        with ProcessPoolExecutor(2) as pool:
            lots = pool.map(_spoiled, [(severity, n, count // _LOTS) for n in range(_LOTS)])
            pages = [page for lot in lots for page in lot]
        found[f"scan_{severity}_missed"] = 100 * sum(map(_is_missed, pages)) / len(pages)
    found["scan_find_ms"] = _each_ms(_find, pages)
    found["scan_floor_ms"] = _bare_ms(pages)
    found["scan_kept_ms"] = _each_ms(_keep, pages)
    return found


def prove(letters):
    """Return the seconds one proof sheet takes, every letter with its picture, read anew."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "xiaoan.db", bytes(32))
        students = StudentRegister(store)
        room = students.open_class(ClassKey("小学", date.today().year - 3, 1))
        with store.change("名册"):
            uids = [students.add(name=f"学生{n}", class_uid=room).uid for n in range(300)]
        Settings(store).put({"school.code": SCHOOL})
        forms, _ = load_letter_forms(ROOT / "forms" / "letters")
        register = LetterRegister(store, students, forms)
        picture = _spoiled(("mid", 0, 1))[0][0]
        for _ in range(letters):
            batch = register.issue("防溺水").code
            mine = [x.uid for x in register.receipts(batch) if x.student_uid == uids[7]]
            register.scans.book(Stack(batch), [Reading(mine[0], picture=Spool().keep(picture))])
        form = load_paper(ROOT / "forms" / "papers" / "letter_proof.toml")
        print_paper(form, [], CONTEXT)  # the fonts are there in a window that stands open
        started = perf_counter()
        print_paper(form, [register.proofs.sheet(uids[7])], CONTEXT)
        took = perf_counter() - started
        store.close()
    return took


def _spoiled(lot):
    severity, number, count = lot
    codes = [str(Code("HZ26A", 1 + number * count + n)) for n in range(count)]
    people = [Recipient("王小明", "三年级1班", code, qr_text(SCHOOL, code)) for code in codes]
    scanner = Scanner(severity, seed=number)
    with pypdfium2.PdfDocument(print_letters(TEXT, people, CONTEXT).data) as pdf:
        sheets = (page.render(scale=SOURCE_DPI / 72, grayscale=True).to_pil() for page in pdf)
        return [
            (scanner.scan(_signed(sheet)), code) for sheet, code in zip(sheets, codes, strict=True)
        ]


def _signed(sheet):
    x, y = 0.3 * sheet.width, 0.895 * sheet.height
    strokes = [(x + 18 * n, y + (-1) ** n * 25) for n in range(20)]
    ImageDraw.Draw(sheet).line(strokes, fill=40, width=7)
    return sheet


def _is_missed(page):
    data, code = page
    _count, read_page = read(data, LOOK, Limits())
    return not any(cut.text.endswith(code) for cut in read_page.cuts)


def _find(page):
    look_at(open_pages(page[0], Limits()), 0, re.compile(SCANNED))


def _keep(page):
    list(read(page[0], LOOK, Limits()))


def _each_ms(work, pages):
    started = process_time()
    for page in pages:
        work(page)
    return (process_time() - started) / len(pages) * 1000


def _bare_ms(pages):
    """Return what the library alone takes for a page that is unpacked already."""
    took = 0.0
    for data, _code in pages:
        picture = Image.open(io.BytesIO(data))
        picture.load()
        started = process_time()
        zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        took += process_time() - started
    return took / len(pages) * 1000
