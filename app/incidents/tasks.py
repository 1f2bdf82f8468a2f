"""What is still to be done after an incident: for those concerned, and against a repeat."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import show
from app.incidents.records import Incident, IncidentTask

if TYPE_CHECKING:
    from app.incidents.register import IncidentRegister

USUAL = ("心理辅导", "看望家属", "学生复课", "保险理赔", "整改隐患", "全校安全教育", "责任处理")


class TaskBook:
    """The tasks after the incidents of one register; they outlive the end of the incident."""

    def __init__(self, register: IncidentRegister) -> None:
        self._register, self._store = register, register.store

    def of(self, uid: str) -> list[IncidentTask]:
        """Return the tasks of one incident, the first due first."""
        wanted = select(IncidentTask).where(IncidentTask.incident_uid == uid)
        with self._store.read() as session:
            return list(session.scalars(wanted.order_by(IncidentTask.due_on, IncidentTask.id)))

    def owed(self) -> list[tuple[IncidentTask, Incident]]:
        """Return what is not done, each with its incident, the first due first."""
        wanted = select(IncidentTask, Incident).join(
            Incident, Incident.uid == IncidentTask.incident_uid
        )
        open_ones = wanted.where(IncidentTask.done_on.is_(None))
        with self._store.read() as session:
            rows = session.execute(open_ones.order_by(IncidentTask.due_on, IncidentTask.id)).all()
        return [(task, incident) for task, incident in rows]

    def enter(self, uid: str, *, what: str, owner: str, due_on: date) -> IncidentTask:
        """Write down what is to be done, by whom and until when.

        Raises:
            UserError: the role may not, something is missing, or the day is before the incident.

        """
        self._store.sitter.demand(Right.INCIDENTS)
        incident = self._store.get(Incident, uid)
        if not what.strip() or not owner.strip():
            label = "做什么" if not what.strip() else "谁来做"
            raise UserError(f"“{label}”没有填。", safe="没有保存。", do="请填好再保存。")
        if due_on < incident.known_at.date():
            raise UserError("“最迟哪天”早于知悉时间。", safe="没有保存。", do="请改好日期再保存。")
        with self._store.change("登记善后的事", undoable=False) as session:
            made = IncidentTask(
                incident_uid=uid, what=what.strip(), owner=owner.strip(), due_on=due_on
            )
            session.add(made)
        return made

    def finish(self, task_uid: str, *, on: date, outcome: str | None = None) -> None:
        """Say that a task is done, when, and what came of it.

        Raises:
            UserError: the role may not, or the day cannot be.

        """
        self._store.sitter.demand(Right.INCIDENTS)
        task = self._store.get(IncidentTask, task_uid)
        known_on = self._store.get(Incident, task.incident_uid).known_at.date()
        if not known_on <= on <= self._register.today():
            raise UserError(
                f"“哪天做好的”{show(on)}不对。", safe="没有保存。", do="要在知悉那天和今天之间。"
            )
        with self._store.change("善后的事做好了", undoable=False):
            found = self._store.get(IncidentTask, task_uid)
            found.done_on, found.outcome = on, (outcome or "").strip() or None

    def void(self, task_uid: str, reason: str) -> None:
        """Mark a task 作废 that was written down by mistake."""
        self._store.sitter.demand(Right.INCIDENTS)
        self._store.void(task_uid, reason, "作废善后的事")
