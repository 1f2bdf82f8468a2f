"""The page of all plain ledgers: found by group or by name, each opened with one press."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.core.pinyin import search_text, typed_key
from app.core.roles import Right
from app.ledgers.evidence import BLANK
from app.ledgers.index_pane import IndexGiving
from app.ledgers.lines_page import LinesPage
from app.ledgers.records import topic_of
from app.ledgers.register import LedgerRegister
from app.ledgers.shapes import LedgerShape, ShapeBook
from app.ledgers.shaping_pane import Shaping
from app.ledgers.standing_lines import Standing
from app.ledgers.tiles_pane import LedgerTile, Tiles
from app.ui import theme as t
from app.ui.exporting import Giving
from app.ui.filters import SearchField
from app.ui.page import Page
from app.ui.pages import Memory
from app.ui.papers import Papers
from app.ui.seal import Guard
from app.ui.widgets import button, clear, hbox, hide_unless, label, scroll, vbox

IN_USE, NOT_HERE = "本校在用", "本校情况用不到的"
_SEARCH_AFTER_MS = 80


class LedgersPage(Page):
    """All plain ledgers; one of them, once opened, takes the place of the tiles."""

    title = "其他台账"
    help_text = (
        "每本台账一块，按组排列；本校登记过的排在最前面，写着有多少条、下一个到期是哪天。\n"
        "按名称或拼音首字母找，回车打开第一本；打开以后按“全部台账”回来。\n"
        "按学校情况用不到的（没有食堂、校车等）收在最下面，登记过的照样在前面。\n"
        "上级或别的学校给的台账文件，按“新台账”选它，看过样子放进来就能用；"
        "也可以照一本现有的另立一本，或者从空白开始。\n"
        "打开一本以后，“这本台账”里能改它的空（加、改名、换先后、收起、改宽窄）、给别的学校；"
        "登记过的内容都留着。"
    )

    def __init__(
        self,
        register: LedgerRegister,
        *,
        papers: Papers,
        facts: Callable[[], frozenset[str]] = frozenset,
        memory: Memory | None = None,
        guard: Guard | None = None,
        shapes: ShapeBook | None = None,
        beside: Mapping[str, Callable[[], object]] | None = None,
        giving: Giving | None = None,
    ) -> None:
        """``facts`` are what is true of this school, such as ``has_canteen``.

        ``shapes`` keep what the school changes or takes in. ``beside`` are rooms of their own that
        the search leads to as well, by their titles. ``giving`` writes down what is exported for
        somebody outside.
        """
        super().__init__()
        self._register, self._papers, self._facts = register, papers, facts
        self.topics = self._concerns()
        self._memory, self._guard, self._giving = memory, guard, giving
        self._shaping = self._may_shape(shapes)
        self._beside = beside or {}
        self._opened: LinesPage | None = None
        self._standings: list[Standing] = []
        self._tiles: list[LedgerTile] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SEARCH_AFTER_MS)
        self._soon.timeout.connect(self._lay_tiles)
        self._search = SearchField("搜索：台账名称、拼音首字母")
        self._search.textChanged.connect(lambda _: self._soon.start())
        self._search.returnPressed.connect(self._open_first)
        self._room = QVBoxLayout()
        self._lay_out()
        find = QShortcut(QKeySequence.StandardKey.Find, self._overview)
        find.activated.connect(self._find)

    def refresh(self) -> None:
        """Read how every ledger stands."""
        super().refresh()
        self._standings = self._register.standings()
        self._lay_tiles()

    def hear(self, topics: frozenset[str]) -> None:
        """Take note of news, and let the opened ledger hear it."""
        self.topics = self._concerns()
        super().hear(topics)
        if self._opened is None:
            return
        form = self._opened.form
        if self._register.forms.get(form.id) == form:
            self._opened.hear(topics)
        else:
            self._open_again(form.id)

    def begin(self) -> None:
        """Take the keys: the opened ledger, or else the search."""
        if self._opened is not None:
            self._opened.begin()
        else:
            self._find()

    def show_help(self) -> None:
        """Say what this page is for, or the opened ledger."""
        if self._opened is not None:
            self._opened.show_help()
        else:
            super().show_help()

    def open(self, id: str) -> LinesPage:
        """Open one ledger and return its page."""
        if self._opened is None or self._opened.form.id != id:
            self.close_ledger()
            self._opened = LinesPage(
                self._register,
                self._register.form(id),
                papers=self._papers,
                memory=self._memory,
                guard=self._guard,
                back=self.close_ledger,
                shaping=self._shaping,
                giving=self._giving,
            )
            self._stack.addWidget(self._opened)
        self._stack.setCurrentWidget(self._opened)
        self._opened.begin()
        return self._opened

    def close_ledger(self) -> None:
        """Go back to all ledgers."""
        if self._opened is not None:
            self._stack.setCurrentWidget(self._overview)
            self._stack.removeWidget(self._opened)
            self._opened.deleteLater()
            self._opened = None
            if self._is_stale:
                self.refresh()
            self._find()

    def choose(self, uid: str) -> None:
        """Open a ledger at a line, by its own id, or with the blanks of a new line."""
        if uid.startswith(BLANK):
            self.open(uid.removeprefix(BLANK)).enter()
        elif uid in self._register.forms:
            self.open(uid)
        else:
            self.open(self._register.get(uid).form.id).choose(uid)

    def _begun(self, id: str) -> None:
        """Open a ledger that was made, changed or put in."""
        self.close_ledger()
        self.open(id)

    def shown(self) -> list[str]:
        """Return the titles on the screen, in their order."""
        return [tile.text() for tile in self._tiles]

    def _may_shape(self, shapes: ShapeBook | None) -> Shaping | None:
        """Return what changes the shapes of ledgers, for whoever may."""
        if shapes is None or not self._register.store.sitter.may(Right.LEDGERS):
            return None
        return Shaping(self, self._register, shapes, self._papers, self._begun)

    def _concerns(self) -> frozenset[str]:
        """Return the news of every ledger's lines, and of their shapes."""
        every = (topic_of(id) for id in self._register.forms)
        return frozenset({"setting", LedgerShape.__tablename__, *every})

    def _open_again(self, id: str) -> None:
        """Show a ledger in its new shape, or all of them if it is gone."""
        is_shown = self._opened is not None and self._opened.isVisible()
        self.close_ledger()
        if id in self._register.forms:
            self.open(id)
        elif is_shown:
            self._find()

    def _lay_out(self) -> None:
        self._overview = QWidget()
        inside = QWidget()
        inside.setLayout(self._room)
        self._room.setContentsMargins(0, 0, t.S, 0)
        self._room.setSpacing(t.M)
        self._count = label("", "note")
        new = button("新台账", menu=self._shaping.entries if self._shaping else [])
        new.setToolTip("放进上级或别的学校给的台账，或者自己立一本")
        hide_unless(new, self._shaping is not None)
        giving = IndexGiving(self, self._register.store, self._papers, self._found)
        top = hbox(self._count, None, new, *giving.buttons(self._overview), self._search)
        area = scroll(vbox(inside, None, gap=0))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._overview.setLayout(vbox(top, (area, 1), edge=(t.L, t.M, t.L, t.M)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._overview)
        self.setLayout(vbox((self._stack, 1), gap=0))

    def _found(self) -> tuple[list[Standing], str]:
        """Return the ledgers on the screen, and in words what they are narrowed to."""
        self._soon.stop()
        self._lay_tiles()
        typed = self._search.text().strip()
        return [tile.standing for tile in self._tiles], f"搜索“{typed}”" if typed else ""

    def _lay_tiles(self) -> None:
        clear(self._room)
        self._tiles = []
        found = [one for one in self._standings if _is_found(one, self._search.text())]
        today = self._register.today()
        for title, some in self._groups(found):
            part = Tiles(title, some, today, self.open)
            self._tiles += part.tiles
            self._room.addWidget(part)
        near = self._near()
        for title, go in near.items():
            self._room.addWidget(button(title, "link", press=go))
        if not found and not near:
            self._room.addWidget(label("没有这样的台账。", "h2"))
            self._room.addWidget(button("清除搜索", press=self._search.clear))
        used = sum(one.lines > 0 for one in self._standings)
        self._count.setText(f"共 {len(self._standings)} 本，本校在用 {used} 本")

    def _near(self) -> Mapping[str, Callable[[], object]]:
        """Return the rooms beside the ledgers that are searched for."""
        typed = self._search.text().casefold().split()
        if not typed:
            return {}
        told = {title: search_text(title) for title in self._beside}
        return {
            title: go
            for title, go in self._beside.items()
            if all(typed_key(word) in told[title] for word in typed)
        }

    def _groups(self, found: Sequence[Standing]) -> Iterator[tuple[str, list[Standing]]]:
        """Yield the ledgers group by group: those in use first, those of no use here last."""
        facts = self._facts()
        used = [one for one in found if one.lines]
        idle = [one for one in found if not one.lines]
        here = [one for one in idle if facts.issuperset(one.form.needs)]
        if used:
            yield IN_USE, sorted(used, key=lambda one: one.next_on or date.max)
        for name in dict.fromkeys(one.form.group for one in here):
            yield name, [one for one in here if one.form.group == name]
        if far := [one for one in idle if one not in here]:
            yield NOT_HERE, far

    def _open_first(self) -> None:
        self._soon.stop()
        self._lay_tiles()
        if self._tiles:
            self.open(self._tiles[0].standing.form.id)
        elif near := self._near():
            next(iter(near.values()))()

    def _find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()


def _is_found(standing: Standing, typed: str) -> bool:
    form = standing.form
    words: list[Any] = typed.casefold().split()
    told = (
        f"{search_text(form.title)} {search_text(form.group)} {form.about} {form.number.casefold()}"
    )
    return all(typed_key(word) in told for word in words)
