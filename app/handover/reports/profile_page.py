"""The page of the school's own facts (学校档案): a line a school year, each with its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.calendar import year_name
from app.core.forms import Field
from app.core.listing import ListForm, SheetColumn
from app.core.roles import Right
from app.core.values import show
from app.handover.reports.figures import NONE, UNUSED
from app.handover.reports.of_profile import HUNDREDS
from app.handover.reports.profile import ProfileRegister, school_year
from app.handover.reports.records import SchoolProfile
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_list
from app.ui.history import HistoryPane
from app.ui.pages import Column, Empty, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.parts import PartedEditor
from app.ui.widgets import Pill, button, hbox, label, rule, vbox


class ProfilePage(LedgerPage):
    """Lists the school years, the newest first; beside them what the school says of itself."""

    title = "学校档案"
    hint = "搜索：学年"
    topics = frozenset({"school_profile"})
    help_text = (
        "周报和年度总结里，有些数没有台账可数：百分百达标、保安人数、监控、目标、预警和诉求。填在这里，一学年一份。\n"
        "没有填的，报告里写“未登记”，不写0。\n"
        "新学年可以“照上一学年填”，全年累计的几项每年从空开始。\n"
        "改过什么，右边“历史”里看得到。"
    )

    def __init__(
        self,
        register: ProfileRegister,
        *,
        today: Callable[[], date],
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._today = register, today
        self._sheets: dict[str, SchoolProfile] = {}
        super().__init__(
            columns=(
                Column("学年", 10),
                Column("百分百达标", 8, "status"),
                Column("保安", 5, "note"),
                Column("全年目标", 0),
            ),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("填本学年", self.fill_in, kind="primary", icon="plus")
            self.add_action("填上一学年", self.fill_in_last, icon="left")
        add_list(self, register.store, self._list(), lambda: self._sheets.items(), papers=papers)

    def read(self) -> Sequence[Row]:
        """Return a line a school year."""
        found = self._register.all()
        self._sheets = {one.uid: one for one in found}
        return [_row(one) for one in found]

    def count_text(self, shown: int, total: int) -> str:
        """Say of how many school years there is a sheet."""
        return f"共 {total} 个学年" if shown == total else f"列出 {shown} 个，共 {total} 个学年"

    def details(self, uid: str | None) -> QWidget:
        """Show the sheet of one school year."""
        sheet = self._sheets.get(uid or "")
        if sheet is None:
            return label("点一个学年，这里显示档案内容和改动的历史。", "note", wrap=True)
        head: list[Part] = [hbox((label(year_name(sheet.year), "h2"), 1), Pill(*_pill(sheet)))]
        fields = self._register.form.fields if self._register.form else ()
        known = {
            part: facts(
                (f.label, _said(f, sheet.facts.get(f.key))) for f in fields if f.part == part
            )
            for part in dict.fromkeys(field.part for field in fields)
        }
        for one in known.values():  # the values of all parts begin below one another
            one.setColumnMinimumWidth(0, max(t.wide(field.label, "note") for field in fields))
        parts: list[tuple[str, Part]] = list(known.items())
        if t.is_large():  # so many words have no room beside one another
            parts = [("档案", _below(parts))]
        history = HistoryPane(self._register.store, sheet.uid, {"facts": "内容"})
        return Details(head, [*parts, ("历史", history)], self._foot(sheet))

    def open(self, uid: str) -> None:
        """Change the sheet of a school year."""
        if self._may():
            self._edit(self._sheets[uid].year)

    def fill_in(self) -> None:
        """Fill in the sheet of this school year."""
        self._edit(school_year(self._today()))

    def fill_in_last(self) -> None:
        """Fill in the sheet of the school year before, to compare with."""
        self._edit(school_year(self._today()) - 1)

    def _edit(self, year: int) -> None:
        register = self._register
        if register.form is None:
            return
        found = register.of(year)
        editor = PartedEditor(
            register.form,
            partial(register.keep, year, seen=found.rev if found else None),
            self,
            register.values(year),
            sources=Sources(today=self._today),
            title=f"学校档案 {year_name(year)}",
        )
        if again := register.again(year):
            copied = button("照上一学年填", "link", press=partial(_fill, editor, again))
            top = QWidget()
            top.setLayout(hbox(label("空着的写“未登记”。", "note"), None, copied, edge=12))
            editor.put_on_top(top)
        editor.open()

    def _foot(self, sheet: SchoolProfile) -> list[QPushButton]:
        if not self._may():
            return []
        return [button("修改", "primary", press=partial(self.open, sheet.uid))]

    def _list(self) -> ListForm:
        """Return the list: on paper as on the screen, in the spreadsheet each blank."""
        fields = self._register.form.fields if self._register.form else ()
        shown = (
            SheetColumn("学年", 22, lambda one: year_name(one.year)),
            SheetColumn("百分百达标", 12, lambda one: _pill(one)[0]),
        )
        every = tuple(SheetColumn(f.label, max(10, f.width), partial(_told, f)) for f in fields)
        kept = {"guards", "goal"}
        hidden = tuple(f.label for f in fields if f.key not in kept)
        return ListForm("LB-07", "学校档案一览表", (*shown, *every), "个学年", hidden)

    def _first_step(self) -> Empty:
        words = "还没有填学校档案。周报和总结里没有台账可数的数字，从这里来。"
        return Empty(words, "填本学年", self.fill_in) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.REPORTS)


def _below(parts: Sequence[tuple[str, Part]]) -> Part:
    """Return parts under one another, each below its word."""
    made: list[Part] = []
    for title, part in parts:
        made += [rule()] if made else []
        made += [label(title, "note"), part]
    return vbox(*made, gap=t.S)


def _fill(editor: PartedEditor, values: dict[str, Any]) -> None:
    """Put what the year before said into the blanks that are still empty."""
    standing = editor.values()
    for key, value in values.items():
        if standing.get(key) is None:
            editor.blank(key).put(value)


def _said(field: Field, value: Any) -> str | Part:
    if value is None:
        return label(UNUSED, "body", "soon")
    if field.kind == "yesno":
        return "达标" if value else "没有达标"
    return f"{show(value) if not isinstance(value, int) else value}{field.unit}"


def _told(field: Field, sheet: SchoolProfile) -> Any:
    value = sheet.facts.get(field.key)
    return UNUSED if value is None else value if isinstance(value, int) else show(value)


def _pill(sheet: SchoolProfile) -> tuple[str, str, str]:
    said = [sheet.facts[key] for key, _ in HUNDREDS if sheet.facts.get(key) is not None]
    if not said:
        return UNUSED, "none", "plain"
    is_full = all(said)
    return f"{sum(said)}/{len(said)}", "done" if is_full else "soon", "done" if is_full else "soon"


def _row(sheet: SchoolProfile) -> Row:
    name, told = year_name(sheet.year), sheet.facts
    guards = told.get("guards")
    return Row(
        sheet.uid,
        (name, _pill(sheet), f"{guards}人" if guards is not None else NONE, told.get("goal") or ""),
        name,
        frozenset(),
        {},
    )
