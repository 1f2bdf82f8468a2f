"""The paper recovery code: made, checked, and read back from a tired hand."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from app.core.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
GROUPS, GROUP_SIZE = 8, 5
_LENGTH = GROUPS * GROUP_SIZE
_RANDOM = _LENGTH - 2
_LOOKALIKES = str.maketrans("OIL", "011")
_KEPT = "原来的口令和数据都没有变。"


def new_code() -> str:
    """Make a code of 190 random bits and 2 check symbols, as it is printed: ``7K2QD-…``."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return "-".join(groups(body + _check_symbols(body)))


def groups(code: str) -> list[str]:
    """Cut a code into its eight groups; dashes and blanks do not matter."""
    bare = tidy(code)
    return [bare[n : n + GROUP_SIZE] for n in range(0, len(bare), GROUP_SIZE)]


def tidy(text: str) -> str:
    """Return the symbols of what was typed: full width, lower case, O and I and L forgiven."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    return "".join(symbol for symbol in plain if symbol.isalnum())


def read_code(text: str) -> str:
    """Return the bare 40 symbols of a code typed from paper.

    Raises:
        UserError: a symbol is missing, cannot occur, or was mistyped.

    """
    bare = tidy(text)
    for place, symbol in enumerate(bare):
        if symbol not in ALPHABET:
            raise UserError(
                f"恢复码里不会有“{symbol}”这个字。",
                safe=_KEPT,
                do=f"请对照纸上的第{place // GROUP_SIZE + 1}组再看一遍。",
            )
    if len(bare) != _LENGTH:
        raise UserError(
            f"恢复码是{GROUPS}组、每组{GROUP_SIZE}个，一共{_LENGTH}个；现在填了{len(bare)}个。",
            safe=_KEPT,
            do="请对照纸上的恢复码补全。",
        )
    if bare[_RANDOM:] != _check_symbols(bare[:_RANDOM]):
        raise UserError(
            "恢复码抄错了：至少有一个字和纸上的不一样。",
            safe=_KEPT,
            do="请一组一组地和纸上对一遍，容易看错的是8和B、2和Z、5和S。",
        )
    return bare


def _check_symbols(body: str) -> str:
    bits = int.from_bytes(hashlib.sha256(body.encode()).digest()[:2], "big") & 1023
    return ALPHABET[bits >> 5] + ALPHABET[bits & 31]
