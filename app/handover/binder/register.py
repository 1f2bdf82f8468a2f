"""The binder for inspections: which headings it has at this school, making it, what it held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.handover.binder.front import Cover, Part
from app.handover.binder.gathering import Gatherer, Stock
from app.handover.binder.making import Bound, Tick, bind
from app.handover.binder.rules import LEVELS, Days, Entry, Group, arranged, to_keep
from app.handover.binder.shelf import Item, Shelf
from app.handover.reports.sight import demand_sight

TITLE = "学校安全工作档案册"
# Behind which heading a ledger stands that the table does not name, by its group.
_HOMES = {"门卫": "running", "食堂": "running", "设备与人员": "hazards", "场所": "hazards"}
_HOMES |= {"人与事": "hazards", "制度与责任": "rules"}
_HEADINGS, _LAST = "binder.headings", "binder.last"
_LONGEST_DAYS = 3660  # ten years and their leap days


class Wanted(NamedTuple):
    """Which binder is to be made: of which days, for which circle of readers."""

    days: Days
    level: str = LEVELS[0]


class BinderRegister:
    """The binder of one school; nothing of it is kept but its headings and the last contents."""

    def __init__(self, store: Store, shelf: Shelf, stock: Stock, usual: Callable[[], Days]) -> None:
        """``usual`` are the days a binder is of where nobody says others."""
        self.store, self.shelf, self.usual = store, shelf, usual
        self._stock, self._settings = stock, Settings(store)
        self.views: dict[str, View] = {"contents": self._contents}

    # --- headings -------------------------------------------------------------------------------

    def headings(self) -> list[Group]:
        """Return the headings as this school has them, the school's own ledgers among them."""
        return self._arranged(self._settings.get(_HEADINGS, []))

    def shipped(self) -> list[Group]:
        """Return the headings as they come with the program."""
        return self._arranged([])

    def arrange(self, groups: Sequence[Group]) -> None:
        """Keep the headings so: their names, their order, which are bound.

        Raises:
            UserError: the role may not, or a heading has no name.

        """
        self.store.sitter.demand(Right.REPORTS)
        titles = [group.title for group in groups]
        titles += [entry.title for group in groups for entry in group.entries]
        if not all(title.strip() for title in titles):
            raise UserError("目录里有一项没有名称。", do="请给它起个名称再保存。")
        self._settings.put({_HEADINGS: to_keep(groups)}, "改迎检档案册目录")

    def item(self, id: str) -> Item:
        """Return how a paper is bound; a ledger of the school's own as any plain ledger."""
        return self.shelf.items().get(id) or Item(id)

    def is_ledger(self, id: str) -> bool:
        """Say whether this is a plain ledger, whose lines carry their days."""
        return id in self._stock.ledgers.forms

    def _arranged(self, kept: Sequence[Mapping[str, Any]]) -> list[Group]:
        titles = {form.id: form.title for form in self._stock.printable()}
        own = self._own(titles)
        usual = []
        for heading in self.shelf.headings:
            found = [
                Entry(i.id, i.title or titles[i.id], not i.off)
                for i in heading.items
                if i.id in titles
            ]
            found += [Entry(id, titles[id], True) for id in own.get(heading.id, ())]
            usual.append(Group(heading.id, heading.title, True, tuple(found)))
        return arranged(usual, kept, titles)

    def _own(self, papers: Iterable[str]) -> dict[str, list[str]]:
        """Return the ledgers that the table of headings does not name, by the heading for each."""
        known = {*self.shelf.items(), *self.shelf.left_out}
        found: dict[str, list[str]] = {}
        for id in papers:
            if id not in known and self.is_ledger(id):
                home = _HOMES.get(self._stock.ledgers.form(id).group, self.shelf.headings[-1].id)
                found.setdefault(home, []).append(id)
        return found

    # --- making ---------------------------------------------------------------------------------

    def make(self, wanted: Wanted, tick: Tick = lambda done, total, what: None) -> Bound:
        """Draw the binder of these days and keep its contents; ``tick`` may raise to stop.

        Raises:
            UserError: the role may not, the days or the level cannot be, or nothing is chosen.

        """
        self.store.sitter.demand(Right.REPORTS)
        self._check(wanted)
        groups = [group.chosen() for group in self.headings() if group.is_on]
        groups = [group for group in groups if group.entries]
        if not groups:
            raise UserError(
                "目录里一项都没有打勾。", safe="没有生成档案册。", do="请勾上要装的，再来一次。"
            )
        gatherer = Gatherer(self._stock, self.shelf.items(), wanted.days, wanted.level)
        bound = bind(self._cover(wanted), groups, self._stock, gatherer, tick)
        self._keep(wanted, bound)
        return bound

    def _check(self, wanted: Wanted) -> None:
        first, last = wanted.days
        if first > last:
            raise UserError(
                "开始的日期在结束的日期之后。",
                safe="没有生成档案册。",
                do="请核对两个日期再试一次。",
            )
        if (last - first).days > _LONGEST_DAYS:
            raise UserError(
                "一本册子最多装十年。", safe="没有生成档案册。", do="请把起止日期缩短些，分几本装。"
            )
        if wanted.level not in LEVELS:
            raise UserError(
                f"没有“{wanted.level}”这个级别。", do=f"可以用的是：{'、'.join(LEVELS)}。"
            )

    def _cover(self, wanted: Wanted) -> Cover:
        school = self._settings.get("school.name", "")
        made_by = self.store.sitter.name if wanted.level == LEVELS[0] else ""
        return Cover(TITLE, school, wanted.days, wanted.level, made_by, self._stock.today())

    # --- the last one ---------------------------------------------------------------------------

    def last(self) -> dict[str, Any] | None:
        """Return what the last binder held: days, level, sheets, and each heading with its page."""
        demand_sight(self.store.sitter)
        found: dict[str, Any] | None = self._settings.get(_LAST)
        return found

    def _keep(self, wanted: Wanted, bound: Bound) -> None:
        said = {
            "first": wanted.days.first.isoformat(),
            "last": wanted.days.last.isoformat(),
            "level": wanted.level,
            "made_on": self._stock.today().isoformat(),
            "pages": bound.pages,
            "parts": [vars(part) for part in bound.parts],
        }
        self._settings.put({_LAST: said}, "排版迎检档案册")

    def _contents(self, where: Filter) -> list[Row]:
        last = self.last()
        if last is None:
            return []
        heads = {}
        rows = []
        for part in (Part(**one) for one in last["parts"]):
            if not part.level:
                heads[part.key] = f"{part.number}　{part.title}"
                continue
            rows.append(_row(part, heads[part.key.split(".")[0]], last))
        return keep(rows, where, ("heading", "title"))


def _row(part: Part, heading: str, last: Mapping[str, Any]) -> Row:
    first, end = (date.fromisoformat(last[key]) for key in ("first", "last"))
    pages = f"{part.page}—{part.page + part.pages - 1}" if part.pages > 1 else str(part.page)
    return {
        "heading": heading,
        "title": part.title,
        "days": f"{first:%Y.%m.%d}—{end:%Y.%m.%d}",
        "lines": part.lines or None,
        "pages": pages if part.page else "",
        "why": part.why,
    }
