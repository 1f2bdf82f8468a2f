"""What is printed and saved of the rosters, and the page that says whether they are fair."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.roles import Right
from app.ui.asking import tell
from app.ui.papers import Papers
from app.ui.subpages import Subpage
from app.ui.widgets import Entry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog, QWidget

    from app.shell import Shell

ROOMS = ("fairness",)
_MONTH_PAPERS = (
    ("值班表（A4）", "duty_month"),
    ("值班表（A3）", "duty_month_large"),
    ("护学岗值守表", "duty_gate"),
    ("护学岗值守名单", "duty_gate_list"),
    ("巡逻排班表", "duty_patrol"),
    ("假期24小时值班表", "duty_holiday"),
    ("个人值班条", "duty_slip"),
    ("公平表", "duty_fair"),
)
_MISSING = {
    "duty_gate": "这个月没有“护学岗”这一类的岗位。",
    "duty_gate_list": "这个月没有“护学岗”这一类的岗位。",
    "duty_patrol": "这个月没有“巡逻”这一类的岗位。",
    "duty_holiday": "这个月没有节假日和寒暑假的日子。",
}


def subpages(shell: Shell) -> list[Subpage]:
    """Return the page of what is fair."""
    return [Subpage("公平", "fairness", lambda: fairness(shell))]


def fairness(shell: Shell) -> Any:
    """Return who carries how much."""
    from app.duties.papers.fair_page import FairPage

    house = shell.house

    def term(on: date) -> tuple[date, date]:
        found = house.calendar.term_on(on) or house.calendar.term_now()
        return found.begins_on, found.ends_on

    return FairPage(
        house.duty_papers,
        papers=Papers(house.papers, house.context),
        term=term,
        to_roster=lambda: shell.go("duties"),
    )


def prints(shell: Shell, page: QWidget, month: Callable[[], date]) -> list[Entry]:
    """Return what is printed from the month shown."""
    house = shell.house
    papers = Papers(house.papers, house.context)

    def show(paper: str) -> None:
        form = house.papers[paper]
        rows = house.view(form.source)({"month": f"{month():%Y-%m}"})
        if not rows or not any(row.get("cells", True) for row in rows):
            why = _MISSING.get(paper, f"{month().year}年{month().month}月还没有排班。")
            tell(page, why, detail="排好以后再打印。岗位和它的类别在“岗位”里设。")
            return
        papers.preview(page, paper, rows, done=lambda how: house.store.note(f"{how}：{form.title}"))

    found: list[Entry] = [(word, partial(show, paper)) for word, paper in _MONTH_PAPERS]
    return [*found, None, ("应急通讯录…", lambda: contacts(shell, page))]


def contacts(shell: Shell, page: QWidget) -> Any:
    """Show the emergency numbers, to be put right and printed."""
    from app.duties.papers.contacts_dialog import open_contacts

    house = shell.house
    return open_contacts(page, house.duty_papers, Papers(house.papers, house.context))


def exports(shell: Shell, page: QWidget, month: Callable[[], date]) -> list[Entry]:
    """Return what the month shown is saved as, and how one made elsewhere comes in."""
    may = shell.house.store.sitter.may
    found: list[Entry] = []
    if may(Right.EXPORT):
        found.append(("Excel 表格（这个月）", partial(_save, shell, page, month)))
    if may(Right.DUTIES):
        found += [None, ("导入做好的值班表…", partial(_bring_in, shell, page))]
    return found


def _save(shell: Shell, page: QWidget, month: Callable[[], date]) -> QFileDialog:
    from app.core.files import put
    from app.ui.files import choose_place

    house, first = shell.house, month().replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    data = house.duty_files.write(first, last)
    house.store.note("导出值班表")
    name = f"值班表_{first:%Y%m}.xlsx"
    return choose_place(
        page, "导出值班表", "Excel 表格 (*.xlsx)", name, lambda path: put(path, data)
    )


def _bring_in(shell: Shell, page: QWidget) -> None:
    from app.core.imports import Plan
    from app.core.sheets import read_book
    from app.duties import RosterPlan
    from app.ui.importing import open_import

    files = shell.house.duty_files

    def plan(path: Path, _mapping: object, answers: Mapping[str, str] | None) -> Plan:
        return files.plan(read_book(path), answers)

    def take(made: Plan) -> None:
        assert isinstance(made, RosterPlan)
        files.take(made)

    open_import(page, title="导入值班表", plan=plan, carry_out=take)
