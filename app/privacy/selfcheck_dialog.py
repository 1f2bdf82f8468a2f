"""The yearly self-check answered on the screen: a question, what the program knows, an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.privacy.rules import ANSWERS
from app.privacy.selfchecks import NO, Question, SelfCheckBook
from app.ui import theme as t
from app.ui.blanks import Sources, make_blank
from app.ui.choice_blanks import Offer, RadioBlank
from app.ui.fields import FieldBox
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, rule, scroll, vbox

_HEIGHT_PX = 640
_HEAD = "一条一条看，答“否”的写上怎样改。紫色的字是校安台自己数出来的。"


def open_self_check(
    parent: QWidget,
    book: SelfCheckBook,
    facts: Mapping[str, str],
    *,
    me: str,
    done: Callable[[str], object],
) -> Sheet:
    """Ask every question of the year; ``done`` gets the uid of the answers kept."""
    form = book.form
    assert form is not None
    lines = [_Line(n, one, facts) for n, one in enumerate(form.questions, start=1)]
    day, by, leader, conclusion = _blanks(book, me)
    wrong = label("", tone="late", wrap=True)
    wrong.hide()

    def keep() -> None:
        if day.blank.value() is None or day.blank.fault():
            return refuse("“自查日期”要填日期。")
        try:
            made = book.answer(
                {line.key: line.radio.value() for line in lines if line.radio.value()},
                {line.key: line.note.text().strip() for line in lines},
                on=day.blank.value(),
                by=by.blank.value() or "",
                leader=leader.blank.value() or "",
                conclusion=conclusion.blank.value(),
                facts=facts,
            )
        except UserError as error:
            return refuse(error.what + error.do)
        sheet.accept()
        done(made.uid)

    def refuse(why: str) -> None:
        wrong.setText(why)
        wrong.show()

    asked = vbox(*_by_area(lines), hbox(day, by, leader, gap=t.M), conclusion, None, gap=t.S)
    body = vbox(label(_HEAD, "note", wrap=True), (scroll(asked), 1), wrong, gap=t.S)
    foot = (
        None,
        button("保存", "primary", press=keep),
        button("取消", press=lambda: sheet.reject()),
    )
    sheet = Sheet(parent, form.title, body, foot, height=_HEIGHT_PX)
    sheet.open()
    lines[0].radio.setFocus()
    return sheet


class _Line(QWidget):
    """One question: its words and basis, what the program knows, the answer, what is to be done."""

    def __init__(self, number: int, question: Question, facts: Mapping[str, str]) -> None:
        super().__init__()
        self.key, self.area = question.key, question.area
        words = f"{number}. {question.text}"
        self.radio = RadioBlank([Offer(answer, answer) for answer in ANSWERS])
        self.radio.setAccessibleName(words)
        self.note = QLineEdit()
        self.note.setPlaceholderText("说明；答“否”的写怎样改、谁来改、哪天改好")
        self.note.setAccessibleName(f"第{number}条的说明")
        self.radio.edited.connect(partial(self._heed))
        said = [label(words, wrap=True), label(question.basis, "note", wrap=True)]
        if fact := facts.get(question.fact, ""):
            said.append(label(f"现在：{fact}", "note", "seal", wrap=True))
        self.setLayout(vbox(*said, hbox(self.radio, (self.note, 1), gap=t.M), gap=t.XS))

    def _heed(self) -> None:
        self.note.setProperty("wrong", self.radio.value() == NO and not self.note.text())


def _by_area(lines: Sequence[_Line]) -> Iterator[QWidget]:
    for area, inside in groupby(lines, lambda line: line.area):
        yield label(area, "h2")
        for line in inside:
            yield from (line, rule())


def _blanks(book: SelfCheckBook, me: str) -> tuple[FieldBox, FieldBox, FieldBox, FieldBox]:
    sources = Sources(today=book.today)
    made = [
        FieldBox(field, make_blank(field, sources))
        for field in (
            Field("on", "自查日期", "date", required=True),
            Field("by", "自查人", required=True),
            Field("leader", "负责人", required=True),
            Field("conclusion", "总的意见和整改安排", "long"),
        )
    ]
    made[0].blank.put(book.today())
    made[1].blank.put(me or None)
    return made[0], made[1], made[2], made[3]
