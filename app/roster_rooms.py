"""What is printed and saved of the rosters, and the page that says whether they are fair."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.errors import UserError
from app.core.roles import Right
from app.print_rooms import month_noted
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
_WALL = ("duty_month", "duty_month_large")  # what hangs on the wall: either size does
_MISSING = {
    "duty_gate": "这段日子没有“护学岗”这一类的岗位。",
    "duty_gate_list": "这段日子没有“护学岗”这一类的岗位。",
    "duty_patrol": "这段日子没有“巡逻”这一类的岗位。",
    "duty_holiday": "这段日子没有节假日和寒暑假的日子。",
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
    """Return what is printed from the month shown, or of any other days."""

    def show(paper: str) -> None:
        try:
            _preview(shell, page, paper, {"month": f"{month():%Y-%m}"})
        except UserError as error:
            tell(page, error.what, detail=error.do)

    found: list[Entry] = [(word, partial(show, paper)) for word, paper in _MONTH_PAPERS]
    found += [None, ("打印一段日子…", lambda: any_days(shell, page, month()))]
    return [*found, ("应急通讯录…", lambda: contacts(shell, page))]


def any_days(shell: Shell, page: QWidget, first: date) -> Any:
    """Ask which days are printed on which sheet, and show it."""
    from app.duties.papers.span_dialog import SpanDialog

    house = shell.house
    sheet = SpanDialog(
        page,
        (first.replace(day=1), _last_of(first)),
        _MONTH_PAPERS,
        [one.name for one in house.duties.ground.people()],
        today=house.today,
        show=lambda paper, where: _preview(shell, sheet, paper, where),
        of_one=("duty_slip", "duty_fair"),
    )
    sheet.open()
    return sheet


def _preview(shell: Shell, parent: QWidget, paper: str, where: dict[str, str]) -> None:
    """Show a sheet.

    Raises:
        UserError: there is nothing on it.

    """
    house = shell.house
    form = house.papers[paper]
    about = month_noted(where["month"]) if paper in _WALL and "month" in where else ""
    rows = house.view(form.source)(where)
    if not rows or not any(row.get("cells", True) for row in rows):
        why = _MISSING.get(paper, "这段日子还没有排班。")
        raise UserError(why, do="排好以后再打印。岗位和它的类别在“岗位”里设。")
    Papers(house.papers, house.context).preview(
        parent,
        paper,
        rows,
        done=lambda how: house.store.note(f"{how}：{form.title}", about or None),
    )


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
    data = house.duty_files.write(first, _last_of(first))
    house.store.note("导出值班表")
    name = f"值班表_{first:%Y%m}.xlsx"
    return choose_place(
        page, "导出值班表", "Excel 表格 (*.xlsx)", name, lambda path: put(path, data)
    )


def _last_of(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _bring_in(shell: Shell, page: QWidget) -> None:
    from app.core.imports import Plan, Tick
    from app.core.sheets import read_book
    from app.duties import RosterPlan
    from app.ui.importing import Source, open_import

    files = shell.house.duty_files

    def plan(path: Source, _mapping: object, answers: Mapping[str, str] | None) -> Plan:
        return files.plan(read_book(path), answers)

    def take(made: Plan, tick: Tick) -> None:
        assert isinstance(made, RosterPlan)
        tick(0, 0, "")
        files.take(made)

    open_import(page, title="导入值班表", plan=plan, carry_out=take)
