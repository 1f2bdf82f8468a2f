"""Letters as paper: drawn from their own PDF, signed with a pen, and scanned into files."""

import io
import random

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from app.core.paper import Context, LetterText, print_letters
from app.core.paper.letter import Recipient
from app.letters.codes import Code, qr_text
from tests.bench.distort import SOURCE_DPI, Scanner

A4 = (2480, 3508)


def sheets_of(printed):
    """Return the pages of a printed paper as pictures of 300 dots an inch."""
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return [
            page.render(scale=SOURCE_DPI / 72, grayscale=True).to_pil().resize(A4) for page in pdf
        ]


def sign(sheet, *, at=(0.3, 0.895), seed=1):
    """Write a name with a pen where parents sign, a seventh of the sheet wide."""
    signed, dice = sheet.copy(), random.Random(seed)
    x, y = at[0] * sheet.width, at[1] * sheet.height
    strokes = [(x + 18 * n, y + dice.uniform(-30, 30)) for n in range(20)]
    ImageDraw.Draw(signed).line(strokes, fill=40, width=7, joint="curve")
    return signed


def scan(sheets, severity="clean", *, dpi=200, seed=5):
    """Return each sheet as a scanner sees it."""
    scanner = Scanner(severity, dpi=dpi, seed=seed)
    return [Image.open(io.BytesIO(scanner.scan(sheet))) for sheet in sheets]


def as_pdf(pages, path, **options):
    """Write pages into one PDF, each a photograph, as office scanners do."""
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=200, **options)
    return path


def blank():
    """Return an empty sheet."""
    return Image.new("L", A4, 255)


def of_another_school(batch, school="BY02"):
    """Return two sheets, and their codes, that another school sent in its batch of this code."""
    codes = [str(Code(batch, number, school)) for number in (1, 2)]
    people = [Recipient("李明", "三年级1班", code, qr_text(school, code)) for code in codes]
    facts = {"school": "白云小学", "date": "2026年10月12日", "confirm": "信已读完。"}
    text = LetterText("预防溺水致家长的一封信", "家长：", (), **facts)
    return sheets_of(print_letters(text, people, Context("白云小学"))), codes


def large_in_colour(sheet, path):
    """Write a sheet as a scanner does that was set to 1,200 dots an inch, in colour: 90 MB."""
    large = sheet.resize((9921, 14031), Image.Resampling.BILINEAR)
    noise = Image.effect_noise((1024, 1024), 40)
    for top in range(0, large.height, 1024):
        for left in range(0, large.width, 1024):
            box = (left, top, min(left + 1024, large.width), min(top + 1024, large.height))
            part = large.crop(box)
            grain = noise.crop((0, 0, *part.size))
            large.paste(ImageChops.add(part, grain, 1, -128), box)
    Image.merge("RGB", (large, large, large)).save(path, quality=97, subsampling=0)
    assert path.stat().st_size > 90e6
    return path


def locked(path):
    """Write a PDF that opens by a password alone."""
    canvas = Canvas(str(path), encrypt=StandardEncryption("only-i-know", canPrint=1))
    canvas.drawString(99, 99, "?")
    canvas.save()
    return path


def two_on_a_page(sheets):
    """Return a page on which the receipts of two letters lie."""
    both = Image.new("L", A4, 255)
    for number, sheet in enumerate(sheets):
        both.paste(sheet.crop((0, 2450, 2480, 3508)), (0, 300 + 1400 * number))
    return both
