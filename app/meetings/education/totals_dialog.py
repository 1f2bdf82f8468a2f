"""What the education of a term adds up to: lessons a head, themes treated, each person's hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from app.core.calendar import Term, term_of
from app.core.values import show
from app.meetings.education.register import EducationRegister
from app.meetings.education.views import span_of
from app.ui.combo_blanks import QuietCombo
from app.ui.details import Part, facts
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox


class TotalsDialog(Sheet):
    """The totals of one term; another is chosen at the top."""

    def __init__(
        self,
        parent: QWidget,
        register: EducationRegister,
        print_term: Callable[[Term], object],
    ) -> None:
        self._register = register
        now = term_of(register.today())
        self._terms = sorted({now} | {term_of(one.held_on) for one in register.all()}, reverse=True)
        self._term: QComboBox = QuietCombo()
        self._term.setAccessibleName("学期")
        self._term.addItems([term.name for term in self._terms])
        self._term.setCurrentIndex(self._terms.index(now))
        self._room = vbox()
        top = hbox(label("学期"), (self._term, 1))
        foot = (
            None,
            button("打印统计表", "primary", press=lambda: print_term(self._chosen())),
            button("关闭", press=self.accept),
        )
        super().__init__(parent, "教育培训统计", vbox(top, self._room), foot)
        self._term.currentIndexChanged.connect(lambda _: self._show())
        self._show()

    def _chosen(self) -> Term:
        return self._terms[self._term.currentIndex()]

    def _show(self) -> None:
        while (item := self._room.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        made = QWidget()
        made.setLayout(vbox(*self._parts()))
        self._room.addWidget(made)
        QTimer.singleShot(0, self, self.fit)

    def _parts(self) -> list[Any]:
        first, last = span_of(self._chosen())
        themes = self._register.themes(first, last)
        given = [f"{theme}（{times}次）" for theme, times in themes.items() if times]
        missing = [theme for theme, times in themes.items() if not times]
        return [
            label("各类对象", "h2"),
            self._audiences(),
            label("主题", "h2"),
            facts((("讲过的", "、".join(given) or "还没有"), ("没讲过的", "、".join(missing)))),
            label("教职工培训学时", "h2"),
            self._persons(),
        ]

    def _audiences(self) -> Part:
        totals = self._register.totals(*span_of(self._chosen()))
        rows = [
            (
                one.audience,
                f"{one.times}次，{one.heads}人次"
                + (f"，人均{show(one.each)}学时（按{one.among}人算）" if one.each else ""),
            )
            for one in totals
            if one.times
        ]
        return facts(rows) if rows else label("这个学期还没有登记。", "note")

    def _persons(self) -> Part:
        hours = self._register.hours(*span_of(self._chosen()))
        had = [f"{name} {show(lessons)}" for name, (_, lessons) in hours.items() if lessons]
        none = [name for name, (_, lessons) in hours.items() if not lessons]
        return facts((("学时", "、".join(had) or "还没有"), ("还没有培训", "、".join(none))))


def open_totals(
    parent: QWidget, register: EducationRegister, print_term: Callable[[Term], object]
) -> TotalsDialog:
    """Open the totals of this term."""
    dialog = TotalsDialog(parent, register, print_term)
    dialog.open()
    return dialog
