"""The schemes of grades a school may choose from, and what follows from a grade's word alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Method(StrEnum):
    """How a grade is reached by numbers."""

    LS = "L×S"
    LEC = "LEC"


@dataclass(frozen=True)
class GradeKind:
    """One grade of a scheme.

    ``weight`` compares it with those of other schemes, from 1 to 4. ``days`` may pass until it is
    put right; ``starts`` is the sum from which a method reaches it. Both are defaults of ours,
    which the school can change; no regulation names them. ``shape`` and ``tone`` are its mark on
    the screen, ``paper`` what stands before its word in a printed list.
    """

    word: str
    weight: int
    days: int
    starts: Mapping[Method, Decimal]
    is_major: bool = False
    may_skip: bool = False
    shape: str = ""
    tone: str = "plain"
    paper: str = ""

    @property
    def said(self) -> str:
        """What a hazard of this grade is called: 一般隐患, 红色隐患."""
        return f"{self.word}色隐患" if self.word in _COLOURS else f"{self.word}隐患"


@dataclass(frozen=True)
class Scheme:
    """The grades a school gives, the lightest first; ``usual`` is what a plain finding gets."""

    title: str
    grades: tuple[GradeKind, ...]
    usual: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its grades, the lightest first."""
        return tuple(grade.word for grade in self.grades)

    def nearest(self, word: str) -> str:
        """Return the grade of this scheme that is meant by a word of any scheme.

        A grade this scheme has not becomes the one below it: 重大 is never given by translation
        alone.
        """
        known = grade_of(word)
        if word in self.words or known is None:
            return word if known else self.usual
        return self.at(known.weight)

    def at(self, weight: int) -> str:
        """Return the gravest grade that weighs no more than this, else the lightest."""
        fitting = [grade.word for grade in self.grades if grade.weight <= weight]
        return fitting[-1] if fitting else self.words[0]


_COLOURS = ("蓝", "黄", "橙", "红")


def _starts(ls: int, lec: int) -> Mapping[Method, Decimal]:
    return {Method.LS: Decimal(ls), Method.LEC: Decimal(lec)}


_GENERAL = GradeKind("一般", 2, 15, _starts(0, 0), may_skip=True)
_LARGER = GradeKind("较大", 3, 7, _starts(15, 160), tone="soon")
_MAJOR = GradeKind("重大", 4, 3, _starts(20, 320), True, shape="major", tone="late", paper="★")
_BLUE = GradeKind("蓝", 1, 30, _starts(0, 0), may_skip=True, shape="none", tone="blue")
_YELLOW = GradeKind("黄", 2, 15, _starts(9, 70), may_skip=True, shape="soon", tone="soon")
_ORANGE = GradeKind("橙", 3, 7, _starts(15, 160), shape="late", tone="orange")
_RED = GradeKind("红", 4, 3, _starts(20, 320), True, shape="major", tone="late", paper="★")
_ALL = (
    Scheme("三级：一般、较大、重大", (_GENERAL, _LARGER, _MAJOR), "一般"),
    Scheme("两级：一般、重大", (_GENERAL, _MAJOR), "一般"),
    Scheme("四色：蓝、黄、橙、红", (_BLUE, _YELLOW, _ORANGE, _RED), "黄"),
)
SCHEMES: Mapping[str, Scheme] = {scheme.title: scheme for scheme in _ALL}
USUAL_SCHEME = _ALL[0]
_BY_WORD = {grade.word: grade for scheme in _ALL for grade in scheme.grades}
DAYS: Mapping[str, int] = {word: grade.days for word, grade in _BY_WORD.items()}
# Every word of every scheme, the gravest first.
GRAVEST = tuple(sorted(_BY_WORD, key=lambda word: -_BY_WORD[word].weight))


def grade_of(word: str) -> GradeKind | None:
    """Return what a grade's word stands for in whichever scheme has it, None for an own word."""
    return _BY_WORD.get(word)


def is_major(word: str) -> bool:
    """Say whether this word stands for 重大."""
    return word in _BY_WORD and _BY_WORD[word].is_major


def may_skip(word: str) -> bool:
    """Say whether 报告 and 监控 may be 无需, and a hazard be put right on the spot."""
    return word in _BY_WORD and _BY_WORD[word].may_skip


def said(word: str) -> str:
    """Return what a hazard of this grade is called; an old ledger's own word stays as it is."""
    return _BY_WORD[word].said if word in _BY_WORD else f"{word}隐患"


def on_paper(word: str) -> str:
    """Return a grade as a list prints it: a black printer shows no colour, so 重大 has a star."""
    return f"{_BY_WORD[word].paper}{word}" if word in _BY_WORD else word


def light_ones(word: str) -> str:
    """Name the grades that may skip, in the scheme that has this word: 一般隐患, 蓝、黄色隐患."""
    scheme = next((one for one in _ALL if word in one.words), USUAL_SCHEME)
    light = [grade.word for grade in scheme.grades if grade.may_skip]
    return said("、".join(light)) if len(light) == 1 else f"{'、'.join(light)}色隐患"
