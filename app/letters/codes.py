"""The code on a receipt, as HZ26A-0312-K7: writing it, and reading what people and guns type.

``HZ`` is the letter's own two letters, ``26`` the year it was issued, ``A`` the batch of that
year, ``0312`` the running number, and ``K7`` are two check symbols. Every symbol is one of the
32 of Crockford's alphabet, which has no I, L, O and U, so that no two look alike.

The check symbols are shifted by a mark of the school, since the bars have no room to name it: of
a thousand receipts of another school one passes for ours, where the QR lets none pass. A batch
that was sent before there were marks has none and is read as it was printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

from app.core.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = ALPHABET[10:]
QR_MARK = "XA1"

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_ALIKE = str.maketrans("OIL", "011")
_LETTER = f"[{LETTERS}]"
_BATCH = re.compile(rf"{_LETTER}{{2}}\d\d{_LETTER}{{1,2}}", re.ASCII)
_CODE = re.compile(rf"({_LETTER}{{2}}\d\d{_LETTER}{{1,2}})(\d{{4,6}})([{ALPHABET}]{{2}})", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−－_.·"))
# What a scanned page is searched for: our own QR, or the bars below it.
SCANNED = rf"{QR_MARK}:[^:]*:.+|{_LETTER}{{2}}\d\d{_LETTER}{{1,2}}-\d{{4,6}}-[{ALPHABET}]{{2}}"
_NO_MARKS: Mapping[str, str] = MappingProxyType({})
_AGAIN = "请再扫一次，或者照着条码下面的字重新输入。"


@dataclass(frozen=True)
class Code:
    """A receipt's code that has passed its check: which batch, and which number in it.

    ``mark`` is the code of the school at the time, empty for the batches that have none.
    """

    batch: str
    number: int
    mark: str = ""

    def __str__(self) -> str:
        body = f"{self.batch}{self.number:04}"
        return f"{self.batch}-{self.number:04}-{_marked(body, self.mark)}"


class StrangeCodeError(UserError):
    """It looks like a code, but its check is wrong: a mistake, or the code of another school."""


def is_stem(text: str) -> bool:
    """Say whether a letter may use these two letters to begin its codes."""
    return len(text) == 2 and all(letter in LETTERS for letter in text)


def batch_code(stem: str, year: int, place: int) -> str:
    """Return the code of the batch that is ``place``-th (from 1) of its stem and year.

    They run A, B … Z, then AA, AB …, without I, L, O and U: 22 with one letter, 506 in all.

    Raises:
        UserError: the year has no code left.

    """
    place -= 1
    if place < len(LETTERS):
        return f"{stem}{year % 100:02}{LETTERS[place]}"
    first, second = divmod(place - len(LETTERS), len(LETTERS))
    if first >= len(LETTERS):
        raise UserError(
            "这种信今年发的批次太多，编号用完了。",
            safe="已经发出的各批和回执都不受影响。",
            do="请换一种信来发，或者明年再发。",
        )
    return f"{stem}{year % 100:02}{LETTERS[first]}{LETTERS[second]}"


def read_batch(text: str) -> str:
    """Read a batch's code as people type it; what is none comes back tidied, but as it is."""
    plain = _plain(text)
    return plain if _BATCH.fullmatch(plain) else text.strip()


def qr_text(school: str, code: str) -> str:
    """Return what the QR on a receipt says: whose it is, and its code."""
    return f"{QR_MARK}:{school.upper()}:{code}"


def school_of(text: str) -> str:
    """Return the school a QR says it is of, empty if the text says none."""
    parts = [part.strip() for part in unicodedata.normalize("NFKC", text).upper().split(":")]
    return parts[1] if len(parts) == 3 and parts[0] == QR_MARK else ""


def read_code(text: str, *, school: str, marks: Mapping[str, str] = _NO_MARKS) -> Code:
    """Read a code, or the whole text of a QR, however it was typed or scanned.

    Small letters, blanks, dashes missing or of another kind, full-width characters and O, I, L
    in place of 0 and 1 all pass; one wrong character, or any two, never do. ``school`` is our code
    now; ``marks`` has the one each of our batches was sent under, empty where it has none.

    Raises:
        UserError: it is no code, a character is wrong, or it is another school's.

    """
    text = unicodedata.normalize("NFKC", text).upper()
    plain = _plain(_without_qr(text, school=school, marks=marks))
    found = _CODE.fullmatch(plain)
    if found is None:
        raise UserError(
            f"“{_short(text)}”不是回执编号。",
            safe="这一张还没有登记，别的回执不受影响。",
            do="回执编号印在条码下面，样子像 HZ26A-0312-K7。" + _AGAIN,
        )
    batch, number, check = found.groups()
    for mark in (marks[batch],) if batch in marks else (school, ""):
        if number == f"{int(number):04}" and _marked(batch + number, mark) == check:
            return Code(batch, int(number), mark)
    raise StrangeCodeError(
        f"回执编号“{_short(text)}”对不上：有字打错了，或者是别的学校的回执。",
        safe="这一张还没有登记，别的回执不受影响。",
        do=_AGAIN + "还是不对，就看纸上的校名，不是本校的请交还给发信的学校。",
    )


def check_symbols(body: str) -> str:
    """Return the two symbols that make the sum, and the weighted sum, of all symbols zero.

    This is the Reed-Solomon code with two check symbols over the field of 32 elements: it finds
    every mistake in one or two symbols, a swap of any two included, up to 31 symbols in all.
    """
    plain = weighted = 0
    for place, symbol in enumerate(reversed(body), start=2):
        value = _VALUE[symbol]
        plain ^= value
        weighted ^= _times(value, _POWER[place])
    # The two last symbols x (weight a) and y (weight 1): x ^ y = plain, a*x ^ y = weighted.
    x = _times(plain ^ weighted, _INVERSE_OF_A_PLUS_1)
    return ALPHABET[x] + ALPHABET[x ^ plain]


def is_ours(text: str, *, school: str, marks: Mapping[str, str] = _NO_MARKS) -> bool:
    """Say whether a QR names our school, now or when its batch was sent; bars name none."""
    named = school_of(text)
    batch = text.upper().rpartition(":")[2].partition("-")[0].strip()
    return named in ("", school.upper(), marks.get(batch, "").upper())


def _marked(body: str, mark: str) -> str:
    """Return the check symbols of a school: shifted, so that they find mistakes as well as ever."""
    plain = check_symbols(body)
    if not mark:
        return plain
    shift = sha256(mark.upper().encode()).digest()
    return "".join(ALPHABET[_VALUE[one] ^ by % 32] for one, by in zip(plain, shift, strict=False))


def _without_qr(text: str, *, school: str, marks: Mapping[str, str]) -> str:
    if QR_MARK not in text or ":" not in text:
        return text
    parts = [part.strip() for part in text.strip().split(":")]
    if len(parts) != 3 or parts[0] != QR_MARK:
        return text
    if not is_ours(text, school=school, marks=marks):
        raise UserError(
            "这张回执不是本校发的。",
            safe="没有登记，本校的回执不受影响。",
            do="请把它放在一边，交还给发信的学校。",
        )
    return parts[2]


def _plain(text: str) -> str:
    """Put every symbol into its one form and drop what stands between them."""
    upper = unicodedata.normalize("NFKC", text).upper().translate(_DASHES)
    return "".join(upper.split()).translate(_ALIKE)


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 24 else shown[:24] + "…"


def _times(left: int, right: int) -> int:
    """Multiply in the field of 32 elements, modulo x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        right >>= 1
        left <<= 1
        if left & 32:
            left ^= 0b100101
    return product


def _powers() -> list[int]:
    powers = [1]
    while len(powers) < 31:
        powers.append(_times(powers[-1], 2))
    return powers


_POWER = _powers()
_INVERSE_OF_A_PLUS_1 = next(n for n in range(32) if _times(n, 2 ^ 1) == 1)
