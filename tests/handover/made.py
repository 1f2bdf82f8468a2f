"""A small data file, and every way to make it hostile."""

import io
import json
import struct
import zipfile
from datetime import date, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.handover.package import pack
from app.handover.parts import (
    FORMAT,
    KEYS,
    MANIFEST,
    SIGNATURE,
    WORKBOOK,
    Attachment,
    Letterhead,
    Period,
    Sender,
    Table,
    TableField,
    seal_of,
)

KEY = bytes(range(32))
SENDER = Sender("QS0001", "青石镇中心小学", "小学", "青石片")
FIELDS = (
    *KEYS,
    TableField("number", "编号"),
    TableField("found_on", "排查日期", "date"),
    TableField("what", "隐患描述"),
    TableField("cost", "金额", "number"),
    TableField("round", "第几轮", "integer"),
)
ROWS = [
    {
        "uid": f"0199c2a0-0000-7000-8000-{n:012}",
        "rev": n,
        "void": False,
        "number": f"YH-2026-{n:04}",
        "found_on": date(2026, 3, n),
        "what": f"=HYPERLINK({n}),\r\n“扶手”松动" if n % 3 else None,
        "cost": 12.5 if n % 2 else None,
        "round": 1,
    }
    for n in range(1, 21)
]
HEAD = Letterhead(
    Period(date(2026, 3, 1), date(2026, 3, 31)),
    seq=3,
    revision=1,
    made_at=datetime(2026, 4, 1, 9),
    previous="ab" * 32,
)
PICTURE = Attachment(b"\xff\xd8\xff picture \xff\xd9", "jpg")
TABLE = Table("hazards", "隐患清单", FIELDS, ROWS)
GOOD = pack(SENDER, [TABLE], HEAD, key=KEY, attachments=[PICTURE])
CSV = "data/hazards.csv"


def members(data=GOOD):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def rezip(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in files.items() if isinstance(files, dict) else files:
            package.writestr(name, data)
    return out.getvalue()


def put(name, data):
    return rezip(members() | {name: data})


def without(name):
    return rezip({k: v for k, v in members().items() if k != name})


def signed(listed, files, key=KEY, format=FORMAT):
    """A package with this description, honestly signed."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    mark = private.sign(seal_of(format) + listed).hex().encode()
    return rezip({MANIFEST: listed, SIGNATURE: mark, **files})


def rest():
    return {k: v for k, v in members().items() if k not in (MANIFEST, SIGNATURE)}


def resigned(change, **files):
    """A package whose description was changed and honestly signed again."""
    manifest = json.loads(members()[MANIFEST])
    change(manifest)
    return signed(json.dumps(manifest, ensure_ascii=False).encode(), rest() | files)


def with_csv(data, **said):
    """A package with other rows, honestly hashed and signed: a stolen key, or a broken program."""

    def change(manifest):
        manifest["resources"][0] |= {
            "bytes": len(data),
            "hash": f"sha256:{sha256(data).hexdigest()}",
            "rows": 1,
        } | said

    return resigned(change, **{CSV: data})


def with_row(**cells):
    """A package with one row, some of whose cells are as they are given."""
    plain = {
        "uid": "0199-1", "rev": "1", "void": "false", "number": "YH", "found_on": "2026-03-01",
        "what": "", "cost": "", "round": "1",
    }  # fmt: skip
    line = ",".join((plain | cells).values())
    return with_csv(f"{','.join(plain)}\r\n{line}\r\n".encode("utf-8-sig"))


def patched(at, form, value, *, after=b"PK\x01\x02"):
    data = bytearray(GOOD)
    struct.pack_into(form, data, data.find(after) + at, value)
    return bytes(data)


def linked():
    link = zipfile.ZipInfo("attachments/" + "0" * 64 + ".jpg")
    link.external_attr = 0o120777 << 16
    return rezip([*members().items(), (link, b"/etc/passwd")])


def in_zip(depth):
    """A bomb of zips in zips, in place of the workbook."""
    data = bytes(1_000_000)
    for n in range(depth):
        data = rezip({f"{n}.zip": data})
    return put(WORKBOOK, data)


def with_columns(columns, *lines, key="uid", table="hazards"):
    """A package with one table of these columns (name or name:kind), honestly signed."""
    named = [column.partition(":")[::2] for column in columns.split()]
    data = "".join(f"{line}\r\n" for line in (",".join(n for n, _ in named), *lines)).encode()
    manifest = json.loads(members()[MANIFEST])
    schema = {"fields": [{"name": n, "title": n, "type": k or "string"} for n, k in named]}
    manifest["resources"][0] |= {
        "name": table,
        "path": f"data/{table}.csv",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "rows": len(lines),
        "schema": schema | ({"primaryKey": key} if key else {}),
    }
    files = {k: v for k, v in rest().items() if k != CSV} | {f"data/{table}.csv": data}
    return signed(json.dumps(manifest, ensure_ascii=False).encode(), files)


def crowded(members):
    """A zip whose list of members is longer than its last record says."""
    data = bytearray(rezip({f"data/a{n}.csv": b"" for n in range(members)}))
    struct.pack_into("<2H", data, len(data) - 14, 1, 1)
    return bytes(data)
