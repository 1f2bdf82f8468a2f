"""The dialog that types a reply slip back: every hazard of its notice, keys only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.hazards.notices.rules import Problem, Reply
from app.hazards.records import HazardNotice
from app.hazards.register import HazardRegister
from app.ui import theme as t
from app.ui.asking import ask, tell
from app.ui.blanks import Sources, make_blank
from app.ui.chain import enter, go_on
from app.ui.editor import FieldBox
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, rule, vbox

_ON = Field("on", "交回日期", "date", required=True)
_WORDS = Field("words", "整改情况", required=True)
_DAY = Field("finished_on", "完成日期", "date")
Save = Callable[..., None]


class ReplyDialog(Sheet):
    """A reply slip to be filled in as it came back; Enter goes from blank to blank."""

    def __init__(
        self,
        parent: QWidget,
        notice: HazardNotice,
        problems: list[Problem],
        sources: Sources,
        save: Callable[[dict[str, Reply], date], None],
        *,
        title: str,
    ) -> None:
        self._problems, self._save_it = problems, save
        self._on = FieldBox(_ON, make_blank(_ON, sources))
        self._said = {
            problem.uid: (
                FieldBox(_WORDS, make_blank(_WORDS, sources)),
                FieldBox(_DAY, make_blank(_DAY, sources)),
            )
            for problem in problems
        }
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._save_button = button("保存", "primary", press=self._save)
        head = label(_head(notice, len(problems)), "note", wrap=True)
        self._on_row = hbox((self._on, 1), (QWidget(), 1), gap=t.XL)
        body = vbox(head, self._on_row, *self._rows(), self._message, gap=t.M)
        note = label("按回车到下一空　Ctrl+S 保存", "note")
        foot = (note, None, self._save_button, button("取消", press=self.reject))
        super().__init__(parent, title, body, foot)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)

    def put(self, on: date | None, problems: list[Problem]) -> None:
        """Fill in what is known."""
        self._on.blank.put(on)
        for problem in problems:
            words, day = self._said[problem.uid]
            words.blank.put(problem.reply)
            day.blank.put(problem.finished_on)
        self._before = self._values()
        first = self._said[self._problems[0].uid][0].blank
        enter(self._on.blank if on is None else first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on from blank to blank, and from the last one save."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not go_on(self._blanks(), self.focusWidget()):
            self._save()

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was typed."""
        if self._values() == self._before:
            super().reject()
            return
        ask(
            self,
            "这张回执还没有保存，要放弃吗？",
            yes="放弃",
            no="继续填写",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _rows(self) -> list[Any]:
        rows: list[Any] = []
        for number, problem in enumerate(self._problems, start=1):
            place = f"{problem.place}：" if problem.place else ""
            rows += [
                rule(),
                label(f"{number}. {problem.number}　{place}{problem.what}", wrap=True),
                self._pair(problem.uid),
            ]
        return rows

    def _pair(self, uid: str) -> QGridLayout:
        words, day = self._said[uid]
        made = QGridLayout()
        made.setHorizontalSpacing(t.XL)
        top = Qt.AlignmentFlag.AlignTop
        made.addWidget(words, 0, 0, top)
        made.addWidget(day, 0, 1, top)
        made.setColumnStretch(0, 2)
        made.setColumnStretch(1, 1)
        return made

    def _blanks(self) -> list[Any]:
        pairs = [box.blank for pair in self._said.values() for box in pair]
        return [self._on.blank, *pairs]

    def _values(self) -> list[Any]:
        return [blank.value() for blank in self._blanks()]

    def _save(self) -> None:
        boxes = [self._on, *(box for pair in self._said.values() for box in pair)]
        wrong = []
        for box in boxes:
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                wrong.append(box)
        if wrong:
            self._say("有的空没有填好，一条也没有登记。")
            enter(wrong[0].blank)
            return
        replies = {
            uid: Reply(words.blank.value(), day.blank.value())
            for uid, (words, day) in self._said.items()
        }
        try:
            self._save_it(replies, self._on.blank.value())
        except UserError as error:
            self._say(f"{error.what}{error.safe}{error.do}")
            self._point_at(error.what)
            return
        self.accept()

    def _point_at(self, fault: str) -> None:
        if _ON.label in fault:
            enter(self._on.blank)
        for problem in self._problems:
            words, day = self._said[problem.uid]
            if f"{problem.number}的“{_DAY.label}”" in fault:
                enter(day.blank)
                return
            if problem.number in fault:
                enter(words.blank)
                return

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)


def open_answer(
    parent: QWidget, register: HazardRegister, notice: HazardNotice, sources: Sources
) -> ReplyDialog | None:
    """Open the blanks of the reply slip that came back, or of one to be put right."""
    is_again = notice.replied_on is not None
    notices = register.notices
    act = notices.correct_answer if is_again else notices.answer

    def save(replies: Mapping[str, Reply], on: date) -> None:
        act(notice.uid, replies, on=on)

    problems = notices.problems(notice.uid)
    if not problems:
        tell(
            parent,
            f"{notice.number}上的隐患都作废了，不用登记回执。",
            detail="这张通知书也可以作废。",
        )
        return None
    title = f"{'改回执' if is_again else '登记回执'} {notice.number}"
    dialog = ReplyDialog(parent, notice, problems, sources, save, title=title)
    dialog.put(notice.replied_on or register.today(), problems)
    dialog.open()
    return dialog


def _head(notice: HazardNotice, count: int) -> str:
    asked = notice.requirement.replace("\n", "；")
    due = f"{notice.due_on.month}月{notice.due_on.day}日"
    return f"发给{notice.person}，{count}条隐患，限{due}前整改。要求：{asked}"
