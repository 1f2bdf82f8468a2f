"""What a data file is made of: names and limits of the format, tables, sender, period."""

from __future__ import annotations

import calendar
import io
import zipfile
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

FORMAT, ANSWER, CASE = "xiaoan-handover", "xiaoan-answer", "xiaoan-case"
FORMATS = (FORMAT, ANSWER, CASE)
VERSION = "2.0"
MANIFEST, SIGNATURE, README, WORKBOOK = "datapackage.json", "SIGNATURE", "说明.txt", "汇总.xlsx"
ENDINGS = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
LEDGER = "ledger_"  # begins the name of the table of a plain ledger
LEAP = 1_000  # how far the numbers of files leap once a backup came back
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name; the same data, the same bytes
_UNIX = 3


@dataclass(frozen=True)
class TableField:
    """One column; ``kind`` is string, integer, number, boolean, date or datetime."""

    name: str
    title: str
    kind: str = "string"


KEYS = (
    TableField("uid", "唯一编号"),
    TableField("rev", "修订次数", "integer"),
    TableField("void", "已作废", "boolean"),
)


@dataclass(frozen=True)
class Table:
    """One table of the file and its rows, each with a value for every field.

    A table whose fields begin with ``KEYS`` is a list of records: a row that is ``void`` keeps
    its uid and rev alone.
    """

    name: str
    title: str
    fields: tuple[TableField, ...]
    rows: Sequence[Mapping[str, Any]]

    @property
    def is_list(self) -> bool:
        """Whether its rows are records with a uid."""
        return self.fields[: len(KEYS)] == KEYS


@dataclass(frozen=True)
class Sender:
    """Which school hands over: ``code`` is 4-20 letters or digits."""

    code: str
    name: str
    kind: str
    area: str = ""


@dataclass(frozen=True)
class Period:
    """The days a file tells of, both included."""

    first: date
    last: date

    def whole_months(self) -> Period:
        """Return the days from the first of the first month to the end of the last one."""
        end = calendar.monthrange(self.last.year, self.last.month)[1]
        return Period(self.first.replace(day=1), self.last.replace(day=end))


@dataclass(frozen=True)
class Letterhead:
    """What a file says of itself beside its tables.

    ``seq`` counts the files of a sender, ``revision`` those of this period; ``previous`` is the
    SHA-256 of the file before. ``more`` is what another format adds to the manifest.
    """

    period: Period
    seq: int
    revision: int
    made_at: datetime
    previous: str = ""
    format: str = FORMAT
    readme: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Attachment:
    """A picture or scan that goes with the tables; rows name it by its hash."""

    data: bytes
    ending: str

    @property
    def hash(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.data).hexdigest()

    @property
    def path(self) -> str:
        """Where it lies in the zip."""
        return f"attachments/{self.hash}.{self.ending}"


def fingerprint(public_key: bytes) -> str:
    """Return a public key as people compare it by telephone: four groups of four.

    80 bits of its SHA-256 in base 32.
    """
    text = b32encode(sha256(public_key).digest()[:10]).decode()
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def checksum(sha256_hex: str) -> str:
    """Return a file's SHA-256 as people compare it on paper: two groups of four, 40 bits."""
    text = b32encode(bytes.fromhex(sha256_hex)[:5]).decode()
    return f"{text[:4]}-{text[4:]}"


def seal_of(format: str) -> bytes:
    """Return what is signed before the manifest, so that no format passes for another."""
    return f"{format}-v2\0".encode()


def write_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip whose bytes follow from its members; pictures are not packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.create_system = _UNIX
            info.external_attr = 0o644 << 16
            is_packed = name.endswith(tuple(f".{ending}" for ending in ENDINGS))
            how = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            package.writestr(info, data, how)
    return out.getvalue()
