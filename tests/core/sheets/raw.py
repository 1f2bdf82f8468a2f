"""Spreadsheet bytes made by hand, good and hostile ones."""

import io
import struct
import zipfile
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
WORKBOOK = (
    f'<workbook {MAIN} xmlns:r="{REL}"><workbookPr/><sheets>'
    '<sheet name="一班" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>'
)
STYLES = (
    f"<styleSheet {MAIN}><numFmts>"
    '<numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="170"/>'
    '<xf numFmtId="22"/><xf numFmtId="11"/></cellXfs></styleSheet>'
)
STRINGS = (
    f"<sst {MAIN}><si><t>姓名</t></si>"
    "<si><r><t>王</t></r><r><t>明</t></r><rPh sb='0' eb='1'><t>ワン</t></rPh></si></sst>"
)


def sheet(rows, after=""):
    """A worksheet part around ``rows``."""
    body = f'<dimension ref="A1:B9"/><sheetData>{rows}</sheetData>{after}'
    return f"<worksheet {MAIN}>{body}</worksheet>"


def row(number, *texts):
    """A row of inline texts."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'


GOOD = row(1, "姓名", "班级") + row(2, "王明", "一年级1班")


def xlsx(rows=GOOD, *, after="", compress=zipfile.ZIP_DEFLATED, **parts):
    """An .xlsx; ``parts`` replace workbook, styles, strings, sheet, rels or drop them by None."""
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            start=1,
        )
    )
    found = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": parts.get("workbook", WORKBOOK),
        "xl/_rels/workbook.xml.rels": parts.get(
            "rels", f"<Relationships {RELS}>{links}</Relationships>"
        ),
        "xl/styles.xml": parts.get("styles", STYLES),
        "xl/sharedStrings.xml": parts.get("strings", STRINGS),
        "xl/worksheets/sheet1.xml": parts.get("sheet", sheet(rows, after)),
    }
    return archive({name: text for name, text in found.items() if text is not None}, compress)


def archive(parts, compress=zipfile.ZIP_DEFLATED):
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def parts_of(data):
    """The parts of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def flipped(data, place):
    """The bytes with one of them turned over."""
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def laughs():
    """An .xlsx whose workbook defines lol ten to the ninth."""
    names = "abcdefghij"
    entities = '<!ENTITY a "lollollollollol">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)
    )
    return xlsx(workbook=f"<!DOCTYPE w [{entities}]>{WORKBOOK.replace('一班', '&j;')}")


def outside():
    """An .xlsx that wants a file of this computer read into a cell."""
    text = sheet('<row r="1"><c t="inlineStr"><is><t>&x;</t></is></c></row>')
    return xlsx(sheet=f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>{text}')


def blanks(megabytes):
    """An .xlsx with a row of so many blanks."""
    before, after = sheet(f"{GOOD}<row r='4'>|</row>").split("|")
    out = io.BytesIO(xlsx(sheet=None))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        part.write(before.encode())
        for _ in range(megabytes):
            part.write(b" " * (1 << 20))
        part.write(after.encode())
    return out.getvalue()


def locked_zip():
    """An .xlsx whose parts say they are encrypted."""
    data = bytearray(xlsx())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def ole(*streams):
    """The start of an old compound file that names these streams."""
    names = b"".join((name + "\0").encode("utf-16-le") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + names + bytes(512)


def locked_xls():
    """A BIFF8 stream that says it has a password."""
    begin = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0x1000, 1996, 0, 0)
    return begin + struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1) + bytes(64)


def sample(name):
    """The bytes of a sample file."""
    return (DATA / name).read_bytes()
