"""Names of classes and grades in all the shapes schools write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from app.core.calendar import ALL_GRADES, GRADES, Stage
from app.core.cleaning import clean_text

_HAN = "一二三四五六七八九"
_SCHOOL = re.compile(
    r"^.*(?:小学|中学|学校|幼儿园|教学点|校区)(?=[一二三四五六七八九\d小中大学初(])"
)
_MOST_CLASSES = 40

_G = "[一二三四五六七八九1-9]"
_N = r"(?:0*[1-9]\d?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_NUMBER = rf"(?P<number>{_N})"
_IN = rf"\(?{_NUMBER}\)?"
_SEPARATOR = "[、,，/和与至到~-]"


class ClassName(NamedTuple):
    """A class as its name tells it; what the name leaves open is None or "".

    ``grade`` is 一年级, 七年级, 大班, 学前班; a class named by its entry year (2023级1班) has none.
    A combined class of a teaching point has several ``grades`` and the youngest as its grade.
    ``number`` is None where the grade has but one class.
    """

    stage: Stage | None
    grade: str
    number: int | None = None
    entry_year: int | None = None
    grades: tuple[str, ...] = ()

    @property
    def is_combined(self) -> bool:
        """Say whether pupils of several grades sit in this class."""
        return len(self.grades) > 1


def read_class(value: Any, *, grade: Any = None) -> ClassName | None:
    """Read a class name; ``grade`` is the cell of a grade column: 一年级 or 2023级 beside 2班.

    None if it is no class, or one that could be several: 10班 without a grade is not a first
    grade, and a class number is never 0.

    >>> read_class("三（2）班").grade, read_class("三（2）班").number
    ('三年级', 2)
    """
    text = _tight(value)
    known = _read(text) or _read(_SCHOOL.sub("", text))
    word = read_grade(grade)
    if known is None and (alone := re.fullmatch(rf"(?:{_IN}班?)?", text)):
        if word:
            known = _named(word, alone["number"])
        elif alone["number"] and (entered := _read(_tight(grade))) and entered.entry_year:
            known = entered._replace(number=_count(alone["number"]))
    elif known and word and not known.grade:
        stage = next(stage for stage, names in GRADES.items() if word in names)
        return known._replace(stage=stage, grade=word, grades=(word,))
    elif known and word and word not in known.grades:
        return None
    return known


def read_grade(value: Any) -> str:
    """Read a grade alone: 一年级, 1, 初一, 大班; "" if it is none."""
    text = _tight(value)
    if re.fullmatch(_G, text):
        text += "年级"
    known = _read(text)
    return known.grade if known and known.number is None and not known.is_combined else ""


def find_class(text: str) -> ClassName | None:
    """Return the one class a title, a sheet or a file name speaks of; None for none or several.

    >>> find_class("青石小学三（2）班学生花名册").number
    2
    """
    tight = _tight(text)
    found = {known for part in _IN_A_TITLE.findall(tight) if (known := _read(part))}
    if not found:
        found = {known for part in _GRADE_IN_A_TITLE.findall(tight) if (known := _read(part))}
    only = found.pop() if len(found) == 1 else None
    return None if only and only.is_combined and "复式" not in tight else only


def _tight(value: Any) -> str:
    text = unicodedata.normalize("NFKC", clean_text(value))
    return re.sub(r"\s", "", text).translate(str.maketrans("[]{}〔〕【】—–·", "()()()()--."))


def _read(text: str) -> ClassName | None:
    for shape, make in _SHAPES:
        if found := shape.fullmatch(text):
            return make(found)
    return None


def _named(grade: str, number: str | None) -> ClassName | None:
    count = _count(number) if number else None
    if grade not in ALL_GRADES or (count is not None and not 1 <= count <= _MOST_CLASSES):
        return None
    stage = next(stage for stage, names in GRADES.items() if grade in names)
    return ClassName(stage, grade, count, grades=(grade,))


def _count(text: str) -> int:
    """Read 2, 02, 二, 十二, 二十."""
    if text.isascii():
        return int(text)
    if text in _HAN:
        return _HAN.index(text) + 1
    tens, _, ones = text.partition("十")
    return (_count(tens) if tens else 1) * 10 + (_count(ones) if ones else 0)


def _nursery(found: re.Match[str]) -> ClassName | None:
    return _named(found[1] + "班", _number(found))


def _preschool(found: re.Match[str]) -> ClassName | None:
    return _named("学前班", _number(found))


def _by_year(found: re.Match[str]) -> ClassName:
    year = int(found[2]) if len(found[2]) == 4 else 2000 + int(found[2])
    stage = {"小": Stage.PRIMARY, "初": Stage.JUNIOR}.get(found[1])
    number = _number(found)
    return ClassName(stage, "", _count(number) if number else None, year)


def _by_grade(found: re.Match[str]) -> ClassName | None:
    return _named(_grade(_count(found[1])), _number(found))


def _junior(found: re.Match[str]) -> ClassName | None:
    step = _count(found[1])
    return _named(_grade(step + 6 if step <= 3 else step), _number(found))


def _number(found: re.Match[str]) -> str | None:
    return found.groupdict().get("number")


def _combined(found: re.Match[str]) -> ClassName | None:
    steps = [_count(sign) for sign in re.findall(_G, found[1])]
    if re.search("[至到~-]", found[1]):
        steps = list(range(steps[0], steps[-1] + 1))
    if steps != sorted(set(steps)) or len(steps) < 2:
        return None
    grades = tuple(_grade(step) for step in steps)
    first = _named(grades[0], None)
    return first._replace(grades=grades) if first else None


def _grade(step: int) -> str:
    return f"{_HAN[step - 1]}年级"


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], ClassName | None]], ...] = tuple(
    (re.compile(shape), make)
    for shape, make in (
        (rf"([小中大])(?:{_IN})?班", _nursery),
        (rf"([小中大])班{_IN}班?", _nursery),
        (rf"([中大]){_IN}", _nursery),
        (rf"学前班?(?:{_IN}班?)?", _preschool),
        (rf"(小|初)?(20\d\d|[012]\d)级(?:{_IN}班?)?", _by_year),
        (rf"({_G}(?:{_SEPARATOR}{_G})+)(?:年级)?复式班?", _combined),
        (rf"({_G}(?:{_SEPARATOR}{_G})+)年级班?", _combined),
        (rf"([{_HAN}]{{2,4}})年级(?:复式)?班?", _combined),
        (rf"([{_HAN}]{{2,4}})复式班?", _combined),
        (rf"复式班?\(?({_G}(?:{_SEPARATOR}?{_G})+)(?:年级)?\)?", _combined),
        (rf"初中?({_G})(?:年级?)?(?:[.-]?{_IN}班?)?", _junior),
        (rf"小学?({_G})(?:年级?)?(?:[.-]?{_IN}班?)?", _by_grade),
        (rf"({_G})年级?[.-]?{_IN}班?", _by_grade),
        (rf"({_G})年级", _by_grade),
        (rf"({_G})\({_NUMBER}\)班?", _by_grade),
        (rf"({_G})[./-]{_NUMBER}班?", _by_grade),
        (r"([1-9])(?P<number>\d\d)班?", _by_grade),
        (rf"([{_HAN}]){_NUMBER}班", _by_grade),
        (rf"([{_HAN}])(?P<number>0*[1-9]\d?)", _by_grade),
    )
)
_IN_A_TITLE = re.compile(
    rf"(?:{_G}(?:{_SEPARATOR}?{_G})*年级复式班?|初中?{_G}(?:年级)?\(?{_N}\)?班|小{_G}\(?{_N}\)?班"
    rf"|{_G}年级?\(?{_N}\)?班|{_G}\({_N}\)班|(?<![\d.])[1-9][.-]{_N}班|(?<!\d)[1-9]\d\d班"
    rf"|[小初]?20\d\d级\(?{_N}\)?班|[小中大]\(?{_N}\)?班|[{_HAN}]{_N}班|[小中大]班|学前\(?{_N}?\)?班)"
)
_GRADE_IN_A_TITLE = re.compile(rf"{_G}(?:{_SEPARATOR}?{_G})*年级")
