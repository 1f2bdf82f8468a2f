"""One pupil's way as lists show it: where it comes from, whether it may be, what is to be said."""

from __future__ import annotations

from typing import NamedTuple

from app.core.calendar import Term
from app.core.errors import UserError
from app.students.lines import Pupil
from app.students.travel.records import Travel
from app.students.travel.rules import Escort, Flag, Mode, Way

SAID, LAST_TERM, ROSTER, UNSAID = "本学期", "上学期的", "名册里的", "没有登记"
MOST_KM = 200  # more than that is a slip of the pen
LABELS = {
    "to_mode": "上学方式", "from_mode": "放学方式", "escort": "接送人", "plate": "车牌",
    "km": "里程", "dangers": "途中险点",
}  # fmt: skip


class TravelLine(NamedTuple):
    """One pupil's way; ``source`` says whether it was said this term or is only carried over."""

    pupil: Pupil
    way: Way | None
    source: str
    flags: tuple[Flag, ...]

    @property
    def is_said(self) -> bool:
        """Whether it was said, or confirmed, this term."""
        return self.source == SAID


def before(term: Term) -> Term:
    """Return the term before."""
    return Term(term.year, 1) if term.number == 2 else Term(term.year - 1, 2)


def way_of(one: Travel) -> Way:
    """Return what a record says."""
    return Way(
        one.to_mode,
        one.from_mode,
        one.escort or "",
        one.km,
        tuple(one.dangers or ()),
        one.plate or "",
    )


def check_way(way: Way) -> None:
    """Refuse a way that is none.

    Raises:
        UserError: a word is strange, or the distance cannot be.

    """
    for word, words in (
        (way.to_mode, tuple(map(str, Mode))),
        (way.from_mode, tuple(map(str, Mode))),
        (way.escort or str(Escort.OTHER), tuple(map(str, Escort))),
    ):
        if word not in words:
            known = "、".join(words)
            raise UserError(f"没有“{word}”这一项。", safe="没有保存。", do=f"可以用的是：{known}。")
    if way.km is not None and not 0 <= way.km <= MOST_KM:
        raise UserError(f"“里程”要在0到{MOST_KM}公里之间。", safe="没有保存。", do="请核对再保存。")
