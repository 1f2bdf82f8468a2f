"""事件和纠纷: how many incidents and disputes each school counted, whole and month by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.values import show
from app.handover.town.events import WHOLE, Events
from app.handover.town.register import TownRegister
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_list
from app.ui.pages import Chip, Column, LedgerPage, Memory, Row, leading
from app.ui.papers import Papers
from app.ui.widgets import label, vbox

INCIDENT, DISPUTE = "突发事件", "矛盾纠纷"
UNKNOWN = "未登记"
_MONTHS = 4  # beside one another


@dataclass(frozen=True)
class _Line:
    name: str
    told: Events


class TownEventPage(LedgerPage):
    """A line a school; counts alone, no incident is told."""

    title = "事件和纠纷"
    hint = "搜索：学校、拼音首字母"
    topics = frozenset({"town_file", "town_row", "town_school"})
    help_text = (
        "一行一所学校：它最近一份数据文件那段日子里，登记了几起突发事件、几件矛盾纠纷；只有件数，没有经过。\n"
        "月份下面写的是“突发事件 / 矛盾纠纷”。点一所学校，右边有每一类和每个月的件数。\n"
        "“未登记”是这所学校没有用这本台账，不是0件；空着是文件里没有说到那个月。"
    )

    def __init__(
        self,
        register: TownRegister,
        *,
        papers: Papers | None = None,
        to_schools: Callable[[], object] | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``to_schools`` leads to where the files of the schools are taken in."""
        self._register = register
        self._found: dict[str, _Line] = {}
        self._months = last_months(register.today(), _MONTHS)
        spare = [Column(f"{int(m[5:])}月", 3, "note") for m in self._months]
        super().__init__(
            columns=(Column("学校", 0), Column(INCIDENT, 4), Column(DISPUTE, 4), *spare),
            chips=(
                Chip(INCIDENT, "有突发事件", "late", "late"),
                Chip(DISPUTE, "有矛盾纠纷", "soon", "soon"),
                Chip(UNKNOWN, UNKNOWN),
            ),
            empty=leading("还没有学校的数据。先在“各校”里收文件。", "到各校", to_schools),
            memory=memory,
        )
        columns = [SheetColumn("学校", 24, "name")]
        columns += [SheetColumn(one, 12, partial(_whole, one)) for one in (INCIDENT, DISPUTE)]
        columns += [
            SheetColumn(f"{one} {month}", 18, partial(_of_month, one, month))
            for month in self._months
            for one in (INCIDENT, DISPUTE)
        ]
        form = ListForm("LB-12", "各校突发事件和矛盾纠纷件数", tuple(columns), "所")
        add_list(self, register.store, form, lambda: self._found.items(), papers=papers)

    def read(self) -> Sequence[Row]:
        """Return a line a school, the one with the most incidents first."""
        told = self._register.events()
        self._found = {one.uid: _Line(one.name, told[one.uid]) for one in self._register.standing()}
        lines = sorted(
            self._found.items(),
            key=lambda pair: (
                -(pair[1].told.total(INCIDENT) or 0),
                -(pair[1].told.total(DISPUTE) or 0),
                pair[1].name,
            ),
        )
        return [self._row(uid, line) for uid, line in lines]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many incidents and disputes there are in all."""
        told = [line.told for line in self._found.values()]
        incidents, disputes = (sum(one.total(x) or 0 for one in told) for x in (INCIDENT, DISPUTE))
        return f"共 {total} 所学校，突发事件 {incidents} 起，矛盾纠纷 {disputes} 件"

    def details(self, uid: str | None) -> QWidget:
        """Show the kinds and the months of one school."""
        if uid is None or uid not in self._found:
            return label("点一所学校，这里显示每一类、每个月有几件。", "note", wrap=True)
        line = self._found[uid]
        parts: list[tuple[str, Part]] = []
        for ledger in (INCIDENT, DISPUTE):
            kinds, months = line.told.kinds.get(ledger), line.told.months.get(ledger, {})
            if not kinds:
                parts.append((ledger, label(f"{ledger}：{UNKNOWN}", "note")))
                continue
            ordered = [(kind, str(n)) for kind, n in kinds.items() if n or kind == WHOLE]
            ordered += [(_month(month), str(n)) for month, n in sorted(months.items()) if n]
            made = QWidget()
            made.setLayout(
                vbox(label(_heading(ledger, line.told), "note", wrap=True), facts(tuple(ordered)))
            )
            parts.append((ledger, made))
        return Details([label(line.name, "h2", wrap=True)], parts)

    def _row(self, uid: str, line: _Line) -> Row:
        told = line.told
        months = ["" if told.of(INCIDENT, m) is None and told.of(DISPUTE, m) is None
                  else f"{_short(told.of(INCIDENT, m))} / {_short(told.of(DISPUTE, m))}"
                  for m in self._months]  # fmt: skip
        totals = {one: told.total(one) for one in (INCIDENT, DISPUTE)}
        tags = {one for one, total in totals.items() if total}
        tags |= {UNKNOWN} if None in totals.values() else set()
        cells = (line.name, *(_said(total) for total in totals.values()), *months)
        return Row(uid, cells, search_text(line.name), frozenset(tags))


def last_months(today: date, count: int) -> list[str]:
    """Return this month and those before it, the newest first, such as 2026-04.

    >>> last_months(date(2026, 1, 31), 3)
    ['2026-01', '2025-12', '2025-11']
    """
    found, day = [], today
    for _ in range(count):
        found.append(f"{day:%Y-%m}")
        day = day.replace(day=1) - timedelta(days=1)
    return found


def _said(total: int | None) -> str:
    return UNKNOWN if total is None else str(total)


def _heading(ledger: str, told: Events) -> str:
    first, last = told.days
    return f"{ledger}的件数，{show(first)}到{show(last)}" if first and last else f"{ledger}的件数"


def _whole(ledger: str, line: _Line) -> str:
    return _said(line.told.total(ledger))


def _of_month(ledger: str, month: str, line: _Line) -> int | None:
    return line.told.of(ledger, month)


def _short(number: int | None) -> str:
    return "—" if number is None else str(number)


def _month(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月" if number.isdecimal() else month
