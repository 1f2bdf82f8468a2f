"""A flow card typed back: the steps that were signed on paper, signed here in one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from app.core.errors import UserError
from app.core.roles import Right
from app.hazards.latest import check_unchanged
from app.hazards.records import Hazard
from app.hazards.words import STEPS, Step

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister

PLAN_BOX = "整改安排"
_CLOSING = (Step.ACCEPT, Step.CLOSE)
_MARKS = "①②③④⑤⑥⑦⑧"


@dataclass(frozen=True)
class TypedStep:
    """One box of the card as it was filled in with a pen."""

    step: Step
    by: str
    on: date
    words: str = ""
    is_skipped: bool = False
    verdict: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    due_on: date | None = None


def box_name(step: Step) -> str:
    """Return what the card calls the box of a step: ③ 评估."""
    return f"{_MARKS[STEPS.index(step)]} {step}"


def sign_card(
    register: HazardRegister,
    uid: str,
    typed: Sequence[TypedStep],
    *,
    plan: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> None:
    """Sign every step of a card that was typed back; where one may not be, none is signed.

    ``plan`` is the card's 整改措施, 责任人 and 整改时限 where they were changed.

    Raises:
        UserError: nothing was typed, or a box breaks a rule of its step; the text names the box.

    """
    only_closing = bool(typed) and all(one.step in _CLOSING for one in typed) and not plan
    register.store.sitter.demand(Right.SIGN if only_closing else Right.EDIT_HAZARDS)
    if not typed and not plan:
        raise UserError("流转单上一栏也没有填。", do="请照纸上签的填好再保存。")
    with register.store.change("录入流转单"):
        check_unchanged(register.store, register.store.get(Hazard, uid), seen)
        if plan:
            settled: Any = plan
            _within(PLAN_BOX, lambda: register.settle(uid, **settled))
        for one in typed:
            again: Any = {"due_on": one.due_on} if one.due_on else {}
            _within(
                box_name(one.step),
                lambda one=one, again=again: register.sign(
                    uid,
                    one.step,
                    by=one.by,
                    on=one.on,
                    words=one.words,
                    is_skipped=one.is_skipped,
                    verdict=one.verdict,
                    facts=one.facts,
                    **again,
                ),
            )


def _within(box: str, act: Any) -> None:
    """Do one box; what is wrong with it is said by its name."""
    try:
        act()
    except UserError as error:
        raise UserError(
            f"“{box}”这一栏：{error.what}",
            safe="这张流转单一步也没有签。",
            do=error.do,
        ) from None
