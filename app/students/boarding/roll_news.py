"""What was changed of a roll, and of which child: for its history and for a second window."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.latest import changed_fields
from app.core.store import WITH_VOID, Action, Change, Store
from app.core.values import show
from app.students.boarding.records import RollCall, RollLine
from app.students.boarding.rules import Mark

HEAD = {
    "called_by": "点名人", "leader": "值班领导", "called_at": "点名时间", "here": "实到",
    "on_leave": "请假", "missing": "缺", "handling": "异常处理",
}  # fmt: skip
_LINE = {"mark": "记号", "whereabouts": "去向", "told": "监护人知道"}
_SOMEBODY = "一名学生"  # who is cleaned up, or in another class than the one one may see


def check_same(
    store: Store, session: Session, call: RollCall, seen: int | None, names: Mapping[str, str]
) -> None:
    """Go on only if a roll is as it was when the dialog was opened, at revision ``seen``.

    Raises:
        UserError: it was changed meanwhile; the text says by whom, when, whom it was about.

    """
    if seen is None or call.rev == seen:
        return
    since = [(a, c) for a, c in store.history(call.uid) if c.after.get("rev", 0) > seen]
    lines = _changes_of_lines(session, call, {action.id for action, _ in since})
    told = "；".join(_said(action, change, lines, names) for action, change in since)
    raise UserError(
        f"您填写的时候，{show(call.evening)}{call.unit}的点名在别处改过了：{told}。",
        safe="您填的没有存上，别人改的都在。",
        do="请关上这个窗口，看过新的内容再填。",
    )


def told_of_lines(
    session: Session, call: RollCall, actions: Collection[int], names: Mapping[str, str]
) -> dict[int, list[tuple[str, str, str]]]:
    """Return what these actions changed of a child's line, by action: whose and what, old, new."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for action, changes in _changes_of_lines(session, call, actions).items():
        for pupil, change in changes:
            old, new = _state(change.before), _state(change.after)
            found.setdefault(action, []).extend(
                (f"{names.get(pupil, _SOMEBODY)}的{word}", show(old.get(key)), show(new.get(key)))
                for key, word in _LINE.items()
                if old.get(key) != new.get(key)
            )
    return found


def _changes_of_lines(
    session: Session, call: RollCall, actions: Collection[int]
) -> dict[int, list[tuple[str, Change]]]:
    """Return what these actions did to the lines of a roll, by action, with the pupil's uid."""
    wanted = select(RollLine.uid, RollLine.student_uid).where(RollLine.call_id == call.id)
    pupils = {
        row.uid: row.student_uid for row in session.execute(wanted.execution_options(**WITH_VOID))
    }
    changes = select(Change).where(Change.action_id.in_(actions), Change.uid.in_(pupils))
    found: dict[int, list[tuple[str, Change]]] = {}
    for change in session.scalars(changes.order_by(Change.id)):
        found.setdefault(change.action_id, []).append((pupils[change.uid], change))
    return found


def _said(
    action: Action,
    change: Change,
    lines: Mapping[int, list[tuple[str, Change]]],
    names: Mapping[str, str],
) -> str:
    parts = [*changed_fields(change.before or {}, change.after, HEAD)]
    for uid, line in lines.get(action.id, ()):
        said = "、".join(changed_fields(_state(line.before), _state(line.after), _LINE))
        if said:
            parts.append(f"{names.get(uid, _SOMEBODY)}的{said}")
    return f"{action.who or '有人'}{action.at:%H:%M}{action.label}" + (
        f"（{'，'.join(parts)}）" if parts else ""
    )


def _state(image: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return what a line says; where there is none, or one taken back, the child was here."""
    if image is None or image.get("void_reason"):
        return {"mark": str(Mark.HERE)}
    return image
