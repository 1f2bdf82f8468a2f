"""One child, one roll an evening: who was called already, and where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.values import show
from app.students.boarding.boarders import Boarder
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


def refuse_back(
    session: Session,
    call: RollCall,
    named: Callable[[Collection[str]], Mapping[str, Boarder]],
) -> None:
    """Go on only if a roll that is 作废 may come back: its place and its children are still free.

    Raises:
        UserError: the roll was called anew, or some of its children were; the other is named.

    """
    others = called(session, call.evening)
    twice = [uid for uid in call.pupils if uid in others]
    if call.unit in others.values():
        why = f"{call.unit}{show(call.evening)}后来又点过名"
    elif twice:
        known = named(twice)
        groups: dict[str, list[str]] = {}
        for uid in twice:
            groups.setdefault(others[uid], []).append(known[uid].name if uid in known else "一人")
        said = _said(tuple((unit, tuple(names)) for unit, names in groups.items()))
        why = f"{show(call.evening)}{said}，一名学生一晚只点一次"
    else:
        return
    raise UserError(
        f"{why}，这一份不能恢复。",
        safe="没有改动任何记录。",
        do="请看后来的那一份；如果它才是多余的，先把它作废，再来恢复。",
    )


def _said(elsewhere: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    parts = []
    for unit, names in elsewhere:
        more = f"等{len(names)}人" if len(names) > _MOST else ""
        parts.append(f"{'、'.join(names[:_MOST])}{more}已经在“{unit}”的点名里")
    return "；".join(parts)
