"""Reading a printed page back: its text, its lines, its codes, a picture of it."""

import pypdfium2
import zxingcpp


def texts(printed):
    """Return the text of each page."""
    with pypdfium2.PdfDocument(printed.data) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def text(printed):
    return "\n".join(texts(printed))


def lines(printed):
    """Return every line as it stands in its box or column, over all pages."""
    found = []
    with pypdfium2.PdfDocument(printed.data) as document:
        for page in document:
            found += _lines(page.get_textpage())
    return found


def _lines(page):
    """Cut a page's characters where the pen jumps: to another base line or over a gap."""
    found, right, base, high = [], None, None, ""
    for n in range(page.count_chars()):
        char = high + chr(pypdfium2.raw.FPDFText_GetUnicode(page, n))
        high = char if "\ud800" <= char <= "\udbff" else ""
        if high or char in "\0\ufffe" or char.isspace():
            continue
        char = char.encode("utf-16", "surrogatepass").decode("utf-16")
        left, bottom, edge, _ = page.get_charbox(n, loose=True)
        wide = max(edge - left, 4)
        if right is None or abs(bottom - base) > 4 or not -wide < left - right < wide * 2.2:
            found.append("")
        found[-1] += char
        right, base = edge, bottom
    return found


def codes(printed, page=0, dpi=200):
    """Return what a scanner reads on a page, by the name of the code."""
    with pypdfium2.PdfDocument(printed.data) as document:
        picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    wanted = [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128]
    return {code.format.name: code.text for code in zxingcpp.read_barcodes(picture, formats=wanted)}


def pixels(printed, page=0, scale=1):
    with pypdfium2.PdfDocument(printed.data) as document:
        return document[page].render(scale=scale, grayscale=True).to_pil()


def misplaced(printed, edge_mm=6):
    """Return the characters that stand on one another or too near the edge of the sheet."""
    found = []
    with pypdfium2.PdfDocument(printed.data) as document:
        for page in document:
            found += _misplaced(page.get_textpage(), *page.get_size(), edge_mm * 72 / 25.4)
    return found


def _misplaced(page, wide, tall, edge):
    found, rows = [], {}
    for n in range(page.count_chars()):
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(page, n))
        left, bottom, right, top = box = page.get_charbox(n)
        if char.isspace() or right - left < 0.5 or top - bottom < 0.5:
            continue
        if left < edge or bottom < edge or right > wide - edge or top > tall - edge:
            found.append(char)
        middle = round((bottom + top) / 2 / 24)
        near = [other for row in (middle - 1, middle, middle + 1) for other in rows.get(row, ())]
        if any(_covers(box, other) for other in near):
            found.append(char)
        rows.setdefault(middle, []).append(box)
    return found


def _covers(one, other):
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
    return wide > 0 and tall > 0 and wide * tall > 0.25 * smaller
