"""The data file for the town: a zip of one CSV a table, its hashes, and the school's signature.

The layout is a Frictionless data package: ``datapackage.json`` lists every table with its fields,
its size and the SHA-256 of its bytes; ``SIGNATURE`` is Ed25519 over those exact bytes of
``datapackage.json``. Anything that reads zip, JSON and CSV can read it in ten years.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "xiaoan-handover"
VERSION = "1.0"
SEAL = b"xiaoan-handover-v1\0"
MANIFEST, SIGNATURE, README = "datapackage.json", "SIGNATURE", "说明.txt"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name; the same data, the same bytes
_README = """这是校安台生成的数据文件，由学校交给镇里。

data 文件夹里每张表是一个 CSV 文件，用表格软件就能打开。
datapackage.json 写明每张表有哪些列、多少行和校验值，SIGNATURE 是学校的电子签名。
文件里没有学生、家长的姓名和电话。请不要改动里面的内容，改动后签名就对不上了。
"""


@dataclass(frozen=True)
class TableField:
    """One column: ``kind`` is a Frictionless type (string, integer, date, boolean)."""

    name: str
    title: str
    kind: str = "string"


@dataclass(frozen=True)
class Table:
    """One table of the file and its rows, each with a value for every field."""

    name: str
    title: str
    fields: tuple[TableField, ...]
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Sender:
    """Which school hands over: ``code`` is 4-20 letters or digits."""

    code: str
    name: str
    kind: str


def fingerprint(public_key: bytes) -> str:
    """Return a public key as people compare it by telephone: four groups of four.

    80 bits of its SHA-256 in base 32.
    """
    text = b32encode(sha256(public_key).digest()[:10]).decode()
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def pack(
    sender: Sender, tables: Sequence[Table], *, seq: int, made_at: datetime, key: bytes
) -> bytes:
    """Return the bytes of the data file, signed with the school's 32-byte private key."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    public = private.public_key().public_bytes_raw()
    files = {f"data/{table.name}.csv": _csv(table) for table in tables}
    manifest = {
        "profile": "tabular-data-package",
        "name": f"xiaoan-{sender.code.lower()}-{seq}",
        "format": FORMAT,
        "version": VERSION,
        "created": made_at.isoformat(timespec="seconds"),
        "seq": seq,
        "school": {
            "code": sender.code,
            "name": sender.name,
            "kind": sender.kind,
            "key": public.hex(),
            "fingerprint": fingerprint(public),
        },
        "resources": [_resource(table, files[f"data/{table.name}.csv"]) for table in tables],
    }
    listed = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    members = {
        README: _README.encode(),
        MANIFEST: listed,
        SIGNATURE: private.sign(SEAL + listed).hex().encode(),
        **files,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, _EARLIEST), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "path": f"data/{table.name}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "rows": len(table.rows),
        "schema": {
            "fields": [{"name": f.name, "title": f.title, "type": f.kind} for f in table.fields]
        },
    }


def _csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([f.name for f in table.fields])
    for row in table.rows:
        writer.writerow([_cell(row[f.name]) for f in table.fields])
    return text.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    """Write a value for machines; text that a spreadsheet would take for a formula gets a quote.

    The prefix ``'`` before = + - @ TAB CR follows OWASP ASVS 1.2.10.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in tuple("=+-@\t\r") else text
