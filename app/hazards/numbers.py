"""The numbers printed on the sheets of this room: what a barcode gun or a person makes of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from app.core.errors import UserError

QR_MARK = "XA1"  # begins every QR this program prints
HAZARD, NOTICE = "YH", "ZG"
_DIGITS: Mapping[str, int] = {HAZARD: 4, NOTICE: 3}
_OTHERS: Mapping[str, str] = {
    "JC": "这是一次检查的编号，请到“检查”里找。",
    "FX": "这是一个风险点的编号，请到“风险”里找。",
    "ZB": "这是一条校园周边的编号，请到“周边”里找。",
}
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−－_.·"), "-")
_NUMBER = re.compile(r"([A-Z]{2})-?(\d{4})-?(\d{1,6})", re.ASCII)
_RECEIPT = re.compile(r"[A-Z]{2}\d\d[A-Z]{1,2}-?\d{4,6}-?[0-9A-Z]{2}", re.ASCII)
_SAFE = "什么都没有登记，原来的记录都在。"
_LIKE = "样子像 YH-2026-0001（隐患）或 ZG-2026-001（通知书），印在纸的右上角。"


class Number(NamedTuple):
    """A number that was read: of a hazard (YH) or of a notice (ZG)."""

    series: str
    text: str


def qr_text(school: str, number: str | None) -> str:
    """Return what the QR on a sheet says: whose it is, and its number; none for a blank sheet.

    >>> qr_text("3301000001", "ZG-2026-001")
    'XA1:3301000001:ZG-2026-001'
    """
    if not number:
        return ""
    return f"{QR_MARK}:{school.upper()}:{number}" if school else number


def read_number(text: str, *, school: str) -> Number:
    """Read a number, or the whole text of a QR, however it was typed or scanned.

    Small letters, full-width characters, blanks and missing dashes all pass.

    Raises:
        UserError: it is no number, one of another kind, or the QR is another school's.

    """
    plain = "".join(unicodedata.normalize("NFKC", text).upper().translate(_DASHES).split())
    plain = _of_this_school(plain, school.upper())
    found = _NUMBER.fullmatch(plain)
    if found and found[1] in _OTHERS:
        raise UserError(f"“{plain}”不在这里登记。", safe=_SAFE, do=_OTHERS[found[1]])
    if _RECEIPT.fullmatch(plain):
        raise UserError(f"“{plain}”是家长信回执的编号。", safe=_SAFE, do="请到“家长信”里收回执。")
    if found is None or found[1] not in _DIGITS:
        shown = plain if len(plain) <= 24 else plain[:24] + "…"
        raise UserError(f"“{shown}”不是隐患或通知书的编号。", safe=_SAFE, do=f"编号{_LIKE}")
    series, year, running = found.groups()
    return Number(series, f"{series}-{year}-{int(running):0{_DIGITS[series]}}")


def _of_this_school(plain: str, school: str) -> str:
    parts = plain.split(":")
    if len(parts) != 3 or parts[0] != QR_MARK:
        return plain
    if parts[1] != school:
        raise UserError(
            "这张纸不是本校发的。",
            safe=_SAFE,
            do="请放在一边，交还给发它的学校。",
        )
    return parts[2]
