"""The preview of an import: its numbers, its lines, its questions, its columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QPushButton, QTabWidget, QWidget

from app.core.imports import Fate, Plan
from app.core.sheets import Pasted
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.combo_blanks import QuietCombo
from app.ui.filters import Chip, ChipButton
from app.ui.flow import Flow
from app.ui.ledger_table import LedgerTable
from app.ui.rows import Row
from app.ui.sheet import Sheet
from app.ui.tables import Column, Wanted
from app.ui.widgets import button, label, retone, scroll, vbox

NOTHING = "不导入"
_HEIGHT_PX = 640
_LOOKS = {
    Fate.ADDED: ("done", "done"),
    Fate.UPDATED: ("work", "accent"),
    Fate.UNCHANGED: ("none", "plain"),
    Fate.REFUSED: ("late", "late"),
}


class Meant(Protocol):
    """One field a column of the file may mean, as ``app.core.columns.Meaning`` is."""

    @property
    def key(self) -> str:
        """Return the field's key."""

    @property
    def label(self) -> str:
        """Return what the field is called."""


class Preview(Sheet):
    """All an import would do, line by line.

    ``asked_again`` is emitted when the user wants to see what became of a correction, ``agreed``
    when 导入 was pressed.
    """

    asked_again = Signal()
    agreed = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        path: Path | Pasted,
        plan: Plan,
        meanings: Sequence[Meant],
    ) -> None:
        self.plan = plan
        self._meanings = meanings
        self._answers: dict[str, str] = {}
        self._mapping: dict[str, str] = {}
        self._is_corrected = False
        self._chips = {
            fate: ChipButton(Chip(fate.name, str(fate), tone, shape))
            for fate, (shape, tone) in _LOOKS.items()
        }
        self._lines = LedgerTable(
            (
                Column("结果", 2, "status"),
                Column("谁、改了什么", 0, "two"),
                Column("位置", 7, "note"),
            ),
            is_always_tight=True,
        )
        self._faults = LedgerTable(
            (Column("位置", 7, "note"), Column("现在写的、应该怎样", 0, "two")),
            is_always_tight=True,
        )
        self._asks: dict[str, QComboBox] = {}
        self._columns: dict[str, tuple[QComboBox, str]] = {}
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._again = button("重新核对", press=lambda: self.asked_again.emit())
        self._go = button("导入", "primary", press=lambda: self.agreed.emit())
        chips = QWidget()
        chips.setLayout(Flow(*self._chips.values()))
        for fate, chip in self._chips.items():
            chip.clicked.connect(lambda is_on, fate=fate: self._narrow(fate if is_on else None))
        body = vbox(label(f"“{path.name}”", "h2"), chips, (self._tabs, 1))
        note = label("按“导入”以前，什么都不会写入。", "note")
        cancel = button("取消", press=self.reject)
        foot = (note, None, self._again, self._go, cancel)
        super().__init__(parent, title, body, foot, height=_HEIGHT_PX)
        self.take(plan)
        self._tabs.setCurrentIndex(1 if plan.questions else 0)
        self._tabs.setFocus()

    def take(self, plan: Plan) -> None:
        """Show another plan of the same file."""
        self.plan = plan
        for fate, chip in self._chips.items():
            chip.count(plan.count(fate))
            chip.setChecked(False)
        self._show_lines(plan)
        self._tabs.clear()
        self._tabs.addTab(self._lines, "逐条看")
        questions = self._questions(plan)
        if plan.questions:
            self._tabs.addTab(questions, _numbered("要您回答", plan.questions))
        if plan.problems:
            self._tabs.addTab(self._faults, _numbered("问题", plan.problems))
        self._tabs.addTab(self._headers(plan), "栏目")
        if plan.missing or plan.remarks:
            self._tabs.addTab(_remarks(plan), "说明")
        self._lead(self._go)
        self._again.hide()
        self._go.setEnabled(bool(plan.count(Fate.ADDED) + plan.count(Fate.UPDATED)))

    def reject(self) -> None:
        """Close without importing; ask first if that would lose a correction or an answer."""
        if not self._is_corrected:
            super().reject()
            return
        ask(
            self,
            "还没有导入，改过的栏目和回答会丢掉，要放弃吗？",
            yes="放弃",
            no="继续核对",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def answers(self) -> dict[str, str]:
        """Return everything answered so far, by the keys of the questions."""
        for key, combo in self._asks.items():
            self._answers.pop(key, None)
            if combo.currentIndex() > 0:
                self._answers[key] = combo.currentText()
        return dict(self._answers)

    def mapping(self) -> dict[str, str]:
        """Return everything corrected so far about the columns: header text → field key."""
        for key, (combo, before) in self._columns.items():
            if (now := combo.currentData()) == before:
                continue
            for text in filter(None, before.split("、")):
                if self._mapping.get(text) in (None, key):
                    self._mapping[text] = ""
            if now:
                self._mapping[now] = key
        return dict(self._mapping)

    def _show_lines(self, plan: Plan) -> None:
        self._lines.ledger.show(
            [
                Row(
                    str(number),
                    (
                        (str(line.fate), *_LOOKS[line.fate]),
                        (line.title, "；".join(_change(*change) for change in line.changes)),
                        _place(line.sheet, line.row),
                    ),
                    tags=frozenset({line.fate.name}),
                )
                for number, line in enumerate(plan.lines)
            ]
        )
        self._faults.ledger.show(
            [
                Row(str(n), (_place(p.sheet, p.row), (_now(p.column, p.value), p.message)))
                for n, p in enumerate(plan.problems)
            ]
        )
        self._lines.ledger.seek(Wanted())

    def _narrow(self, fate: Fate | None) -> None:
        for other, chip in self._chips.items():
            chip.setChecked(other is fate)
        self._lines.ledger.seek(Wanted(tag=fate.name if fate else ""))
        self._tabs.setCurrentWidget(self._lines)

    def _questions(self, plan: Plan) -> QWidget:
        body = vbox(gap=t.XS)
        self._asks = {}
        rule = "没有改的，按格子里现在写的办；写着“先不回答”的，这次不收。"
        body.addWidget(label(rule, "note", wrap=True))
        for question in plan.questions:
            combo = QuietCombo()
            others = (option for option in question.options if option != question.silent)
            combo.addItems([question.silent, *others])
            combo.setCurrentText(self._answers.get(question.key, question.silent))
            combo.setAccessibleName(question.text)
            combo.currentIndexChanged.connect(self._on_corrected)
            asked = label(question.text, wrap=True)
            asked.setBuddy(combo)
            body.addWidget(asked)
            body.addWidget(combo)
            self._asks[question.key] = combo
        body.addStretch(1)
        return scroll(body)

    def _headers(self, plan: Plan) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.L)
        grid.setVerticalSpacing(t.XS)
        grid.setColumnStretch(1, 1)
        self._columns = {}
        names = list(dict.fromkeys([*plan.columns.values(), *plan.spare]))
        fields = [(m.key, m.label) for m in self._meanings]
        for line, (key, field) in enumerate(fields or ((x, x) for x in plan.columns)):
            taken = plan.columns.get(field, "")
            combo = QuietCombo()
            combo.addItem(NOTHING, "")
            for name in names:
                combo.addItem(name, name)
            combo.setCurrentIndex(max(0, combo.findData(taken)))
            combo.setEnabled(bool(self._meanings))
            combo.currentIndexChanged.connect(self._on_corrected)
            said = label(field)
            said.setBuddy(combo)
            grid.addWidget(said, line, 0)
            grid.addWidget(combo, line, 1)
            if self._meanings:
                self._columns[key] = (combo, taken)
        head = label("左边是校安台的栏目，右边是表格里的哪一栏。认错了可以改。", "note", wrap=True)
        spare = "、".join(plan.spare)
        rest = label(f"用不上的栏目：{spare}" if spare else "", "note", wrap=True)
        return scroll(vbox(head, grid, rest, None))

    def _on_corrected(self) -> None:
        """Hold 导入 back until the file was looked at again with the correction."""
        self._is_corrected = True
        self._lead(self._again)
        self._again.show()
        self._go.setEnabled(False)

    def _lead(self, first: QPushButton) -> None:
        """Let this button be the one to press now."""
        for one in (self._again, self._go):
            retone(one, kind="primary" if one is first else "plain")


def _remarks(plan: Plan) -> QWidget:
    body = vbox(*(label(f"· {remark}", wrap=True) for remark in plan.remarks), gap=t.S)
    if plan.missing:
        body.addWidget(
            label(f"表格里没有提到的 {len(plan.missing)} 人（都保留，不会删除）：", wrap=True)
        )
        body.addWidget(label("、".join(plan.missing), "note", wrap=True))
    body.addStretch(1)
    return scroll(body)


def _change(field: str, old: str, new: str) -> str:
    return f"{field}：{old} → {new}" if old else f"{field}：{new}"


def _now(column: str, value: str) -> str:
    return f"{column}：{value or '（空）'}" if column else value


def _place(sheet: str, row: int) -> str:
    return f"第{row}行 {sheet}" if row else sheet  # what does not fit is cut at the end


def _numbered(word: str, things: Sequence[object]) -> str:
    return f"{word} {len(things)}" if things else word
