"""The yearly self-check: its questions from ``forms/selfchecks``, its facts, its answers kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.formfiles import Drawer, Fault, doubled
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Action, Store
from app.core.values import show
from app.core.views import Row
from app.privacy.records import PrivacyCheck
from app.privacy.rules import ANSWERS, check_due

DAY_SETTING = "privacy.check_day"  # month and day
USUAL_DAY = (11, 30)  # a default of ours; the regulations say only: once a year
NO = "否"


@dataclass(frozen=True)
class Question:
    """One thing to look at; ``fact`` names what the program knows of it."""

    key: str
    text: str
    area: str = ""
    basis: str = ""
    fact: str = ""


@dataclass(frozen=True)
class SelfCheckForm:
    """A list of questions answered once a year."""

    id: str
    title: str
    questions: tuple[Question, ...]


class SelfCheckBook:
    """The self-checks of the years, and when the next one is due."""

    def __init__(
        self,
        store: Store,
        forms: Mapping[str, SelfCheckForm],
        facts: Callable[[], Mapping[str, str]],
        today: Callable[[], date] = date.today,
    ) -> None:
        """``facts`` are what the school's own records say, by the name questions use."""
        self.store = store
        self.today = today
        self.forms, self._facts = forms, facts
        self._settings = Settings(store)

    @property
    def form(self) -> SelfCheckForm | None:
        """The questions; None if the file cannot be used."""
        return next(iter(self.forms.values()), None)

    def facts(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return what the program knows today; ``more`` is what only the open desk can tell.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        return {**self._facts(), **(more or {})}

    def answer(
        self,
        answers: Mapping[str, str],
        notes: Mapping[str, str],
        *,
        on: date,
        by: str,
        leader: str,
        facts: Mapping[str, str],
        conclusion: str | None = None,
    ) -> PrivacyCheck:
        """Keep the answers of this year, each with its question as it read and the fact beside it.

        Raises:
            UserError: the role may not, a question is open, or a 否 says nothing of what is done.

        """
        self.store.sitter.demand(Right.PRIVACY)
        form = self.form
        if form is None:
            raise UserError("自查清单的文件用不了。", do="请把它移出表格文件夹，重开软件。")
        _check(form, answers, notes, on=on, today=self.today(), by=by, leader=leader)
        kept = [
            {
                "area": question.area,
                "text": question.text,
                "basis": question.basis,
                "fact": facts.get(question.fact, ""),
                "answer": answers[question.key],
                "note": notes.get(question.key, ""),
            }
            for question in form.questions
        ]
        with self.store.change("个人信息保护年度自查") as session:
            made = PrivacyCheck(
                form=form.id,
                title=form.title,
                answered_on=on,
                answered_by=by.strip(),
                leader=leader.strip(),
                answers=kept,
                conclusion=(conclusion or "").strip() or None,
            )
            session.add(made)
        return made

    def void(self, uid: str, reason: str) -> None:
        """Take a self-check off the list that was entered by mistake.

        Raises:
            UserError: the role may not, or it is 作废 already.

        """
        self.store.sitter.demand(Right.PRIVACY)
        self.store.void(uid, reason, "作废年度自查")

    def all(self) -> list[PrivacyCheck]:
        """Return the self-checks, the newest first.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        newest = (PrivacyCheck.answered_on.desc(), PrivacyCheck.id.desc())
        with self.store.read() as session:
            return list(session.scalars(select(PrivacyCheck).order_by(*newest)))

    def due(self) -> date | None:
        """Return the day by which the next one is due if that is near or past; a day, no more."""
        with self.store.read() as session:
            last = session.scalar(select(func.max(PrivacyCheck.answered_on)))
            began = session.scalar(select(func.min(Action.at)))
        return check_due(self.day(), last, began.date() if began else self.today(), self.today())

    def day(self) -> tuple[int, int]:
        """Return month and day by which it is due each year."""
        month, day = self._settings.get(DAY_SETTING, USUAL_DAY)
        return int(month), int(day)

    def set_day(self, month: int, day: int) -> None:
        """Choose by which day of the year it is due.

        Raises:
            UserError: the role may not, or there is no such day.

        """
        self.store.sitter.demand(Right.PRIVACY)
        try:
            date(2028, month, day)
        except ValueError:
            raise UserError(f"没有{month}月{day}日这一天。", do="请改好再保存。") from None
        self._settings.put({DAY_SETTING: [month, day]}, "改年度自查的日期")

    def done(self, first: date, last: date) -> list[Done]:
        """Return on which of these days it was done, and nothing of what was answered."""
        columns = (PrivacyCheck.answered_on, PrivacyCheck.uid)
        wanted = select(*columns).where(PrivacyCheck.answered_on.between(first, last))
        with self.store.read() as session:
            rows = session.execute(wanted.where(PrivacyCheck.void_reason.is_(None))).all()
        return [Done(on, "", uid, "学生个人信息保护年度自查") for on, uid in rows]

    def rows(self) -> list[Row]:
        """Return the self-checks as the paper has them."""
        return [row_of(check) for check in self.all()]

    def blank_row(self, facts: Mapping[str, str]) -> Row:
        """Return the questions with their facts and open answers, to walk round with."""
        questions = self.form.questions if self.form else ()
        return {
            "title": self.form.title if self.form else "",
            "year": self.today().year,
            "answered_on": None,
            "answered_by": None,
            "leader": None,
            "conclusion": None,
            "answers": [
                {
                    "area": one.area,
                    "text": one.text,
                    "basis": one.basis,
                    "fact": facts.get(one.fact, ""),
                    "answer": "□是　□否　□不涉及",
                    "note": "",
                }
                for one in questions
            ],
        }


def row_of(check: PrivacyCheck) -> Row:
    """Return one self-check as the paper has it."""
    return {
        "year": check.answered_on.year,
        "title": check.title,
        "answered_on": check.answered_on,
        "answered_by": check.answered_by,
        "leader": check.leader,
        "conclusion": check.conclusion,
        "answers": [dict(line) for line in check.answers],
    }


def load_self_checks(*folders: Path) -> tuple[dict[str, SelfCheckForm], list[UserError]]:
    """Read every self-check in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def _check(
    form: SelfCheckForm,
    answers: Mapping[str, str],
    notes: Mapping[str, str],
    *,
    on: date,
    today: date,
    by: str,
    leader: str,
) -> None:
    wrong: list[str] = []
    for number, question in enumerate(form.questions, start=1):
        answer = answers.get(question.key)
        if answer not in ANSWERS:
            wrong.append(f"第{number}条还没有回答")
        elif answer == NO and not notes.get(question.key, "").strip():
            wrong.append(f"第{number}条答“否”，要写怎样改")
    said: dict[str, Any] = {"自查人": by, "负责人": leader}
    wrong += [f"“{label}”没有填" for label, text in said.items() if not text.strip()]
    if on > today:
        wrong.append(f"自查日期{show(on)}还没有到")
    if wrong:
        raise UserError("；".join(wrong) + "。", safe="没有保存。", do="请补好再保存。")


def _finish(form: SelfCheckForm) -> SelfCheckForm:
    if twice := doubled([question.key for question in form.questions]):
        raise Fault(f"有两条的key都是“{twice}”")
    return form


_DRAWER = Drawer(
    SelfCheckForm,
    _finish,
    name="自查清单文件",
    others="其他表格和已有的自查",
    folder="表格文件夹",
    parts={"questions": ("question", "条")},
)
