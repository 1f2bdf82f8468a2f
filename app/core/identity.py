"""Numbers of identity cards and of the pupils' registry: read, checked, and when ruined."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.cleaning import clean_text

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_RUINED = "被表格软件改坏了（按数字存放，后几位已经不对），没有采用；请把这一列设成文本再重新填写"


class IdState(StrEnum):
    """What a cell for an identity card number holds."""

    EMPTY = "空白"
    GOOD = "正确"
    OLD = "15位旧号"
    RUINED = "已损坏"
    WRONG = "有误"
    OTHER = "其他证件"


class IdResult(NamedTuple):
    """A number as read; ``message`` says in Chinese what is the matter, "" when nothing is.

    Birth and sex are those the number states; only GOOD and OLD ones state any. Matching may use
    the number of a GOOD, OLD or OTHER result only.
    """

    state: IdState
    number: str = ""
    born_on: date | None = None
    sex: str = ""
    message: str = ""

    @property
    def is_usable(self) -> bool:
        """Say whether the number can tell this person from others."""
        return self.state in (IdState.GOOD, IdState.OLD, IdState.OTHER)


def check_id(value: Any) -> IdResult:
    """Read an identity card number; the check digit follows GB 11643.

    A number of 16 digits or more in a numeric cell has lost its end, even where by chance the
    check digit fits (one in fifteen does), so the cell's kind decides and not the digits.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_number(value)
    text = _tight(value)
    if not text:
        return IdResult(IdState.EMPTY)
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", text):
        return IdResult(IdState.RUINED, message=f"证件号{_RUINED}")
    if re.fullmatch(r"\d{17}[\dX]", text):
        return _of_eighteen(text)
    if re.fullmatch(r"\d{15}", text):
        return _of_fifteen(text)
    if re.fullmatch(r"[GJL]\d{17}[\dX]", text):
        return IdResult(IdState.WRONG, text, message="这像是学籍号，不是身份证号")
    if re.fullmatch(r"(?=.*\d)[A-Z0-9()]{6,20}", text) and not text.isdecimal():
        return IdResult(IdState.OTHER, text)
    return IdResult(IdState.WRONG, text, message="身份证号应为18位")


def read_registry(value: Any) -> str:
    """Read a registry number (学籍号): G, J or L and 18 signs; "" for a blank.

    Raises:
        ValueError: it is none; the text says what it should be.

    """
    text = _tight(value)
    if text and not re.fullmatch(r"[GJL]\d{17}[\dX]", text):
        raise ValueError("学籍号应为G、J或L开头，后面18位")
    return text


def _tight(value: Any) -> str:
    text = unicodedata.normalize("NFKC", clean_text(value))
    return re.sub(r"[\s'\-]", "", text).upper()


def _of_number(value: float) -> IdResult:
    if value == int(value) and 10**14 <= value < 10**15:
        return _of_fifteen(str(int(value)))
    if value >= 10**15:
        return IdResult(IdState.RUINED, message=f"证件号{_RUINED}")
    return IdResult(IdState.WRONG, str(value), message="身份证号应为18位")


def _of_eighteen(text: str) -> IdResult:
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    born_on = _born(text[6:14])
    if _CHECKS[total % 11] != text[17]:
        if text.endswith("000"):
            return IdResult(IdState.RUINED, message=f"证件号{_RUINED}")
        return IdResult(IdState.WRONG, text, message="身份证号的最后一位对不上，可能有一位写错了")
    if born_on is None:
        return IdResult(IdState.WRONG, text, message="身份证号里的出生日期不对")
    return IdResult(IdState.GOOD, text, born_on, _sex(text[16]))


def _of_fifteen(text: str) -> IdResult:
    born_on = _born("19" + text[6:12])
    if born_on is None:
        return IdResult(IdState.WRONG, text, message="身份证号应为18位")
    return IdResult(IdState.OLD, text, born_on, _sex(text[14]), "这是15位的旧身份证号")


def _born(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _sex(digit: str) -> str:
    return "男" if int(digit) % 2 else "女"
