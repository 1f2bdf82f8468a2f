"""What narrows a ledger: numbers that filter, drop-downs, and the search field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget

from app.ui import icons
from app.ui import theme as t
from app.ui.paint import draw_shape
from app.ui.rows import Line
from app.ui.tables import Wanted
from app.ui.widgets import Entry, button, retone

EVERYTHING = "全部"
_MOST = 18  # characters of what was picked that stand on its button


class Chip(NamedTuple):
    """A number that filters: how many rows carry ``tag``; ``is_on`` is how the page starts."""

    tag: str
    word: str
    tone: str = "plain"
    shape: str = ""
    is_on: bool = False


class Facet(NamedTuple):
    """A drop-down of the values rows have for ``key``, in the order the rows bring them."""

    key: str
    word: str
    is_sorted: bool = False


class ChipButton(QAbstractButton):
    """A chip on the screen: word and number; pressed it is outlined and tinted."""

    def __init__(self, chip: Chip) -> None:
        super().__init__()
        self.chip = chip
        self._number = "0"
        self.setCheckable(True)
        self.setText(chip.word)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.count(0)

    def count(self, number: int) -> None:
        """Show another number."""
        self._number = str(number)
        self.setAccessibleName(f"{self.chip.word} {number}，按下只看这些")
        self.setFixedSize(self.sizeHint())
        self.update()

    def number(self) -> int:
        """Return the number it shows."""
        return int(self._number)

    def sizeHint(self) -> QSize:
        mark = t.em() + t.XS if self.chip.shape else 0
        words = t.wide(self.chip.word) + t.S + t.wide(self._number, "num")
        return QSize(2 * t.M + mark + words, t.line("num") + t.XS)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_number"):
            self.setFixedSize(self.sizeHint())

    def enterEvent(self, event: Any) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self.chip.tone if self.number() else "plain"  # nothing late is nothing to fear
        ink, ground = t.TONES[tone]
        is_strong = self.isChecked() or self.hasFocus()
        edge = ink if self.isChecked() else t.ACCENT if is_strong else t.LINE
        p.setPen(QPen(t.colour(edge), 2 if is_strong else 1))
        fill = ground if self.isChecked() else t.HOVER if self.underMouse() else t.PAPER
        p.setBrush(t.colour(fill))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        x = t.M
        if self.chip.shape:
            side = t.em() * 0.8
            place = QRectF(x, (self.height() - side) / 2, side, side)
            draw_shape(p, place, self.chip.shape, ink)
            x += t.em() + t.XS
        base = (self.height() + t.metrics("num").capHeight()) // 2  # one baseline for both
        p.setPen(t.colour(t.INK if tone == "plain" else ink))
        p.setFont(t.font())
        p.drawText(x, base, self.chip.word)
        p.setFont(t.font("num"))
        p.drawText(x + t.wide(self.chip.word) + t.S, base, self._number)


class SearchField(QLineEdit):
    """Where one types what is looked for; every key counts at once."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self.setAccessibleName("搜索")
        self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.measure()

    def measure(self) -> None:
        """Take the width the font asks for, and the whole of the hint."""
        beside = 3 * t.em() + 2 * t.M  # the glass before it, and the cross that clears
        wanted = t.wide(self.placeholderText()) + beside
        self.setFixedWidth(max(round(t.em() * 19), wanted))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.measure()


class Pick(NamedTuple):
    """Records another page has led to: in words, and how they are found, anew at each reading."""

    words: str
    find: Callable[[], frozenset[str]]


class Filters(QObject):
    """Chips, drop-downs and the search field of one page, and what they ask for together."""

    changed = Signal()

    def __init__(
        self, chips: Sequence[Chip], facets: Sequence[Facet], hint: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.chips = [ChipButton(chip) for chip in chips]
        self.search = SearchField(hint)
        self._facets = {facet.key: facet for facet in facets}
        self._rows: Sequence[Line] = ()
        self._chosen: dict[str, str] = {}
        self._pick: Pick | None = None
        self._uids: frozenset[str] | None = None
        self.pick_button = button("", "quiet", "cross", press=lambda: self.pick(None))
        self.pick_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        retone(self.pick_button, on=True)
        self.pick_button.hide()
        self.drops = {key: self._drop(facet) for key, facet in self._facets.items()}
        self.clear_button = button("清除筛选", "quiet", press=self.clear)
        if not chips and not facets:
            self.clear_button.hide()  # the search field clears itself
        self.search.textChanged.connect(lambda _: self._tell())
        for chip in self.chips:
            chip.clicked.connect(lambda is_on, chip=chip: self._press(chip, is_on))
        self._put_chip(self._start())

    def wanted(self) -> Wanted:
        """Return what is looked for now."""
        words = tuple(self.search.text().casefold().split())
        return Wanted(words, self._tag(), dict(self._chosen), self._uids)

    def count(self, rows: Sequence[Line]) -> None:
        """Give every chip its number, and every drop-down its values when it is opened."""
        tags: Counter[str] = Counter()
        for some, number in Counter(row.tags for row in rows).items():
            for tag in some:
                tags[tag] += number
        self._rows = rows
        for chip in self.chips:
            chip.count(tags[chip.chip.tag])
        self._uids = self._pick.find() if self._pick else None

    def say(self) -> str:
        """Say in words what is looked for, as a heading on paper has it; empty for everything."""
        parts = [self._pick.words] if self._pick else []
        parts += [chip.chip.word for chip in self.chips if chip.isChecked()]
        parts += [f"{self._facets[key].word}：{value}" for key, value in self._chosen.items()]
        if text := self.search.text().strip():
            parts.append(f"搜索“{text}”")
        return "；".join(parts)

    def is_narrowed(self) -> bool:
        """Say whether anything is looked for that the page did not start with."""
        is_else = self._pick is not None or self._tag() != self._start()
        return bool(is_else or self._chosen or self.search.text().strip())

    def clear(self) -> None:
        """Look for what the page started with."""
        self._empty(self._start())
        self._tell()

    def pick(self, pick: Pick | None) -> None:
        """Look for these records and nothing else; None looks again for what the page began with.

        They may then be narrowed further. They are not remembered for another day.
        """
        self._empty("" if pick else self._start())
        if pick:
            self._pick, self._uids = pick, pick.find()
            self.pick_button.setText(_short(pick.words).replace("&", "&&"))
            self.pick_button.setAccessibleName(f"只看：{pick.words}，按下取消")
            self.pick_button.setToolTip(f"{pick.words}\n按一下取消")
        self._tell()

    def choose_tag(self, tag: str) -> None:
        """Press the chip of this tag; empty releases all."""
        self._put_chip(tag)
        self._tell()

    def choose(self, key: str, value: str) -> None:
        """Choose a value of a drop-down; empty means everything."""
        self._chosen.pop(key, None)
        if value:
            self._chosen[key] = value
        self._tell()

    def kept(self) -> dict[str, Any]:
        """Return what may be remembered for another day."""
        tag = self._start() if self._pick else self._tag()
        return {"tag": tag, "facets": dict(self._chosen)}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Look again for what was remembered."""
        self._put_chip(str(kept.get("tag", self._start())))
        facets = kept.get("facets", {})
        self._chosen = {k: str(v) for k, v in facets.items() if k in self._facets}
        self._tell()

    def _empty(self, tag: str) -> None:
        self._chosen.clear()
        self._pick = self._uids = None
        self._put_chip(tag)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def _start(self) -> str:
        return next((c.chip.tag for c in self.chips if c.chip.is_on), "")

    def _tag(self) -> str:
        return next((c.chip.tag for c in self.chips if c.isChecked()), "")

    def _put_chip(self, tag: str) -> None:
        for chip in self.chips:
            chip.setChecked(chip.chip.tag == tag)

    def _press(self, pressed: ChipButton, is_on: bool) -> None:
        self._put_chip(pressed.chip.tag if is_on else "")
        self._tell()

    def _tell(self) -> None:
        self.pick_button.setVisible(self._pick is not None)
        for key, drop in self.drops.items():
            value = self._chosen.get(key, "")
            drop.setText(f"{self._facets[key].word} {value}".strip().replace("&", "&&"))
            retone(drop, on=bool(value))
        self.clear_button.setEnabled(self.is_narrowed())
        self.changed.emit()

    def _drop(self, facet: Facet) -> QPushButton:
        return button(facet.word, "quiet", menu=lambda: self._entries(facet))

    def _entries(self, facet: Facet) -> list[Entry]:
        seen: Counter[str] = Counter()
        for said, number in Counter(row.facets.get(facet.key) for row in self._rows).items():
            for value in said if isinstance(said, tuple) else (said,) if said else ():
                seen[value] += number
        values = (
            sorted(seen, key=lambda v: v.encode("gb18030", "replace")) if facet.is_sorted else seen
        )
        return [
            (EVERYTHING, lambda: self.choose(facet.key, "")),
            None,
            *((f"{v}　{seen[v]}", lambda v=v: self.choose(facet.key, v)) for v in values),
        ]


def _short(words: str) -> str:
    return words if len(words) <= _MOST else f"…{words[1 - _MOST :]}"
