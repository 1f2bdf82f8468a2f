"""The data file: a zip of one CSV a table, a readable workbook, hashes, the school's signature.

The layout is a Frictionless data package: ``datapackage.json`` lists every table with its fields,
its size and the SHA-256 of its bytes; ``SIGNATURE`` is Ed25519 over those exact bytes of
``datapackage.json``. Anything that reads zip, JSON and CSV can read it in ten years; the layout
is told in docs/data-file.md.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.handover.parts import (
    KEYS,
    MANIFEST,
    README,
    SIGNATURE,
    VERSION,
    WORKBOOK,
    Attachment,
    Letterhead,
    Sender,
    Table,
    TableField,
    fingerprint,
    seal_of,
    write_zip,
)
from app.handover.workbook import write_workbook

_README = """这是校安台生成的数据文件，由学校交给镇里。

要看内容，请打开“汇总.xlsx”。
data 文件夹里每张表是一个 CSV 文件，给程序读；里面的文字原样照写，请不要用表格软件改它。
datapackage.json 写明每张表有哪些列、多少行和校验值，SIGNATURE 是学校的电子签名。
文件里没有学生、家长的姓名和电话。请不要改动里面的内容，改动后签名就对不上了。
"""


def pack(
    sender: Sender,
    tables: Sequence[Table],
    head: Letterhead,
    *,
    key: bytes,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return the bytes of the file, signed with the sender's 32-byte private key."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    data = {_path(table): write_csv(table) for table in tables}
    extra = {README: (head.readme or _README).encode()}
    extra[WORKBOOK] = _workbook(sender, tables, head)
    extra |= {file.path: file.data for file in attachments}
    public = private.public_key().public_bytes_raw()
    manifest = _manifest(sender, head, public)
    manifest["resources"] = [_resource(table, data[_path(table)]) for table in tables]
    manifest["members"] = [_member(name, extra[name]) for name in sorted(extra)]
    listed = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    signature = private.sign(seal_of(head.format) + listed).hex().encode()
    return write_zip({MANIFEST: listed, SIGNATURE: signature, **extra, **data})


def write_csv(table: Table) -> bytes:
    """Return the rows as CSV, every value as it is, with the mark by which Excel knows UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([f.name for f in table.fields])
    for row in table.rows:
        if row.get("void"):
            row = {f.name: None for f in table.fields} | {key.name: row[key.name] for key in KEYS}
        writer.writerow([_cell(row[f.name]) for f in table.fields])
    return text.getvalue().encode("utf-8-sig")


def _workbook(sender: Sender, tables: Sequence[Table], head: Letterhead) -> bytes:
    period = head.period
    said = [
        ("学校", sender.name),
        ("学校标识码", sender.code),
        ("起止日期", f"{period.first.isoformat()} 至 {period.last.isoformat()}"),
        ("期号", f"第{head.seq}份"),
        ("这一段日子的第几次报送", f"第{head.revision}次"),
        ("生成时间", f"{head.made_at:%Y-%m-%d %H:%M}"),
    ]
    return write_workbook(sender, said, tables)


def _path(table: Table) -> str:
    return f"data/{table.name}.csv"


def _manifest(sender: Sender, head: Letterhead, public: bytes) -> dict[str, Any]:
    period = head.period
    return {
        **head.more,
        "profile": "tabular-data-package",
        "name": f"{head.format}-{sender.code.lower()}-{head.seq}",
        "title": f"{sender.name} {period.first.isoformat()} – {period.last.isoformat()}",
        "format": head.format,
        "version": VERSION,
        "created": head.made_at.isoformat(timespec="seconds"),
        "seq": head.seq,
        "revision": head.revision,
        "previous": head.previous,
        "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
        "school": {
            "code": sender.code,
            "name": sender.name,
            "kind": sender.kind,
            "area": sender.area,
            "key": public.hex(),
            "fingerprint": fingerprint(public),
        },
    }


def _member(name: str, data: bytes) -> dict[str, Any]:
    return {"path": name, "bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(f, table.is_list) for f in table.fields]}
    if table.is_list:
        schema["primaryKey"] = "uid"
    return _member(_path(table), data) | {
        "name": table.name,
        "title": table.title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": len(table.rows),
        "schema": schema,
    }


def _field(column: TableField, is_list: bool) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column.name, "title": column.title, "type": column.kind}
    if is_list and column in KEYS:
        said["constraints"] = {"required": True}
    return said


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value).replace("\0", "")
