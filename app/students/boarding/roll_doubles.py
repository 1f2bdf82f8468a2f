"""One child, one roll an evening: who was called already, and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.values import show
from app.students.boarding.records import RollCall
from app.students.boarding.roll_lines import Unit

_MOST = 5  # names in one sentence


def called(session: Session, evening: date) -> dict[str, str]:
    """Return the roll each child of an evening stands in, by the pupil's uid."""
    calls = session.execute(
        select(RollCall.unit, RollCall.pupils).where(RollCall.evening == evening)
    )
    return {uid: unit for unit, pupils in calls for uid in pupils}


def leave_out(unit: Unit, called: Mapping[str, str]) -> Unit:
    """Return a sheet without those who stand in another roll of the evening, and say so on it."""
    others: dict[str, list[str]] = {}
    for one in unit.sleepers:
        where = called.get(one.pupil.uid, unit.name)
        if where != unit.name:
            others.setdefault(where, []).append(one.pupil.name)
    stays = tuple(one for one in unit.sleepers if called.get(one.pupil.uid, unit.name) == unit.name)
    elsewhere = tuple((name, tuple(names)) for name, names in others.items())
    return unit._replace(sleepers=stays, elsewhere=elsewhere)


def refuse_double(session: Session, evening: date, unit: Unit) -> None:
    """Go on only if neither this roll nor one of its children has been called that evening.

    Raises:
        UserError: the roll was called, all of its children were, or some; the other roll is named.

    """
    same = select(RollCall.id).where(RollCall.evening == evening, RollCall.unit == unit.name)
    if session.scalar(same) is not None:
        raise UserError(
            f"{unit.name}{show(evening)}已经点过名。",
            safe="没有重复登记。",
            do="请在名单里打开那一次，更正就可以。",
        )
    left = leave_out(unit, called(session, evening))
    if left.elsewhere or (unit.elsewhere and not unit.sleepers):
        raise UserError(
            f"{show(evening)}{_said(left.elsewhere or unit.elsewhere)}，一名学生一晚只点一次。",
            safe="没有保存。",
            do="要改他们的记号，请更正那一次；还有没点到的，请重新按“录入点名”，名单里会去掉他们。",
        )


def _said(elsewhere: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    parts = []
    for unit, names in elsewhere:
        more = f"等{len(names)}人" if len(names) > _MOST else ""
        parts.append(f"{'、'.join(names[:_MOST])}{more}已经在“{unit}”的点名里")
    return "；".join(parts)
