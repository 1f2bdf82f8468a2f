"""What is done for a pupil who is cared for: entered, put right, taken off the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.values import show
from app.students.care.looking import CareBook
from app.students.care.records import SEALED, Care, CareAct
from app.students.care.rules import OPEN, Way, next_after

_ACT_LABELS = {"done_on": "日期", "way": "方式", "by": "谁做的", "words": "内容"}
_ACT_LABELS |= {"condition": "学生状态", "next_step": "下一步", "household": "家庭情况"}
_ACT_LABELS |= {"advice": "家长的意见", "purpose": "目的", "met": "受访人", "photos": "照片"}
_ACT_SEALED = tuple(key for key in _ACT_LABELS if key not in ("done_on", "way", "by"))


class ActBook(CareBook):
    """The records of care (帮扶记录) as one writes them."""

    def record(
        self,
        uid: str,
        *,
        way: str,
        done_on: date,
        by: str,
        next_on: date | None = None,
        **facts: Any,
    ) -> CareAct:
        """Write down what was done; the next date moves on.

        Without a day of its own it moves by how often the pupil is to be seen; where nobody said
        how often, a date that this meets is taken off.

        Raises:
            UserError: the role may not, the pupil is released, or a day is wrong.

        """
        with self.store.change("登记帮扶记录") as session:
            care = self._to_write(uid, None)
            self._refuse_ended(care)
            self._refuse_future(done_on, "日期")
            refuse_early(next_on, after=done_on)
            act = CareAct(
                care_id=care.id,
                student_uid=care.student_uid,
                way=Way(way),
                done_on=done_on,
                by=by.strip(),
                **said_of(facts),
            )
            due = next_on or next_after(done_on, care.every)
            if due is not None and (care.next_on is None or next_on or due > care.next_on):
                care.next_on = due
            elif due is None and care.next_on is not None and care.next_on <= done_on:
                care.next_on = None
            act.next_on = care.next_on
            session.add(act)
        return act

    def correct_act(self, uid: str, *, seen: int | None = None, **facts: Any) -> None:
        """Put right what was written of one record; the next date of the pupil stays.

        Raises:
            UserError: the role may not, a day lies in the future, or it was changed meanwhile.

        """
        with self.store.change("更正帮扶记录"):
            act = self._act_to_write(uid)
            check_unchanged(
                self.store, act, seen, name="这一笔", labels=_ACT_LABELS, sealed=_ACT_SEALED
            )
            for key, value in said_of(facts).items():
                setattr(act, key, value)
            self._refuse_future(act.done_on, "日期")

    def void_act(self, uid: str, reason: str) -> None:
        """Mark a record 作废.

        Raises:
            UserError: the role may not.

        """
        with self.store.change("作废帮扶记录"):
            self._act_to_write(uid)
            self.store.void(uid, reason.strip() or "登记错了")

    def _to_write(self, uid: str, seen: int | None) -> Care:
        self.store.sitter.demand(Right.CARE)
        care = self.get(uid)
        check_unchanged(
            self.store, care, seen, name="这一条关注", labels=self.labels, sealed=SEALED
        )
        return care

    def _act_to_write(self, uid: str) -> CareAct:
        self.store.sitter.demand(Right.CARE)
        act = self.store.get(CareAct, uid)
        self.students.get(act.student_uid)
        return act

    def _refuse_future(self, day: date, name: str) -> None:
        if day > self.today():
            raise UserError(f"“{name}”{show(day)}还没有到。", do="请核对年份后再保存。")

    def _refuse_ended(self, care: Care) -> None:
        if care.state not in OPEN:
            raise UserError(
                "这名学生已经解除关注。", safe="没有保存。", do="要再记录，请先按“恢复关注”。"
            )


def refuse_early(next_on: date | None, *, after: date) -> None:
    """Refuse a next date that is not after this one.

    Raises:
        UserError: it is not.

    """
    if next_on is not None and next_on <= after:
        raise UserError("“下次日期”要在这一次以后。", do="请改好再保存。")


def said_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said without the blanks around it; an empty text or list is none."""
    stripped = {key: v.strip() if isinstance(v, str) else v for key, v in facts.items()}
    return {key: None if value in ("", []) else value for key, value in stripped.items()}
