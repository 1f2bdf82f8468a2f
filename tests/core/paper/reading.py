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
