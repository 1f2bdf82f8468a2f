"""The page of places: one dictionary of buildings, grounds and 重点部位."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.hazards.places.records import Place
from app.hazards.places.register import PlaceRegister
from app.hazards.side_lists import PLACES
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, facts
from app.ui.editor import FormEditor
from app.ui.exporting import add_list
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label

REASONS = ("已拆除", "停用", "重复登记", "登记错了")


class PlacePage(LedgerPage):
    """Lists the places, 重点部位 first."""

    title = "部位"
    hint = "搜索：名称、拼音首字母"
    topics = frozenset({"place"})
    help_text = (
        "学校的楼栋、场地和重点部位，只在这里登记一次。\n"
        "登记隐患和风险点时，“具体部位”会从这里提示，打拼音首字母就能找到；不在这里的也可以直接写。\n"
        "选了这里的部位，“所在区域”会自动填好。改名不会改动以前的记录。"
    )

    def __init__(
        self,
        register: PlaceRegister,
        *,
        form: Form,
        people: Callable[[], Sequence[str]] = tuple,
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._register = register
        self._form = form
        self._people = people
        super().__init__(
            columns=(
                Column("", 4, "mark"),
                Column("名称", 0),
                Column("种类", 5, "note"),
                Column("所在区域", 6, "note"),
                Column("负责人", 4),
            ),
            chips=(Chip("all", "部位"), Chip("key", "重点部位", "late", "major")),
            facets=(Facet("kind", "种类"), Facet("area", "区域")),
            empty=Empty(
                "还没有登记楼栋和部位。登记以后，填隐患时就能直接选。",
                "登记部位" if self._may() else "",
                self.enter,
            ),
            memory=memory,
        )
        if self._may():
            self.add_action("登记部位", self.enter, kind="primary", icon="plus")
        every = register.all
        store = register.store
        add_list(self, store, PLACES, lambda: [(one.uid, one) for one in every()], papers=papers)

    def read(self) -> Sequence[Row]:
        """Return a line a place."""
        return [_row(place) for place in self._register.all()]

    def details(self, uid: str | None) -> QWidget:
        """Show one place with what changed about it."""
        if uid is None:
            return label("点一处部位，这里显示它的情况。", "note", wrap=True)
        place = self._register.get(uid)
        said = (place.kind, "重点部位" if place.is_key else "", place.area or "")
        head = [
            label(place.name, "h2", wrap=True),
            label(" · ".join(filter(None, said)), "note", wrap=True),
        ]
        known = facts((("负责人", place.keeper or "没有登记"), ("备注", place.remark or "")))
        labels = {field.key: field.label for field in self._form.fields}
        past = HistoryPane(self._register.store, uid, labels)
        foot = [
            button("改名或改正", "primary", press=partial(self.open, uid)),
            button("作废", press=partial(self._void, place)),
        ]
        return Details(head, (("情况", known), ("历史", past)), foot if self._may() else ())

    def open(self, uid: str) -> None:
        """Rename a place, or put right what is known of it."""
        if self._may():
            place = self._register.get(uid)
            values = {field.key: getattr(place, field.key) for field in self._form.fields}
            save = partial(_save, partial(self._register.correct, uid, seen=place.rev))
            sources = self._sources()
            FormEditor(self._form, save, self, values, sources=sources, title="改正部位").open()

    def enter(self) -> None:
        """Enter a place."""
        save = partial(_save, self._register.enter)
        again = "保存并再登一处"
        FormEditor(self._form, save, self, sources=self._sources(), again=again).open()

    def _void(self, place: Place) -> None:
        ask_void(
            self, "作废部位", REASONS, partial(self._register.void, place.uid), whom=place.name
        )

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.EDIT_HAZARDS)

    def _sources(self) -> Sources:
        people = [Offer(name, name, search_text(name)) for name in self._people()]
        return Sources(lists={"person": lambda: people})


def _save(save: Callable[..., object], values: dict[str, Any]) -> None:
    save(**values | {"is_key": bool(values.get("is_key"))})


def _row(place: Place) -> Row:
    return Row(
        place.uid,
        (
            ("重点", "major", "late") if place.is_key else ("", "", "plain"),
            place.name,
            place.kind,
            place.area,
            place.keeper,
        ),
        f"{search_text(place.name)} {search_text(place.keeper or '')} {place.remark or ''}",
        frozenset({"all", "key"} if place.is_key else {"all"}),
        {"kind": place.kind, "area": place.area or "没有区域"},
    )
