"""Making a binder: cover, contents, and behind each heading its ledgers and papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.core.errors import UserError
from app.core.paper import print_paper
from app.core.paper.binding import Binding
from app.handover.binder.front import Cover, List, Part, draw_cover, draw_total, numeral
from app.handover.binder.gathering import Found, Gatherer, Stock
from app.handover.binder.rules import Entry, Group

Tick = Callable[[int, int, str], object]


class Bound(NamedTuple):
    """A finished binder: the PDF, how many sheets, where each heading begins, what needs a pen."""

    data: bytes
    pages: int
    parts: tuple[Part, ...]
    pen: tuple[str, ...] = ()


class _Making:
    """One binder being drawn."""

    def __init__(self, cover: Cover, stock: Stock, gatherer: Gatherer, tick: Tick) -> None:
        self.cover, self.stock, self.gatherer, self.tick = cover, stock, gatherer, tick
        self.binding = Binding(f"{cover.school}{cover.title}")
        self.pen: list[str] = []
        self.done, self.total = 0, 0

    def draw(self, groups: Sequence[Group]) -> Bound:
        """Draw all of it."""
        parts = {group.id: _parts(number, group) for number, group in enumerate(groups, start=1)}
        every = [part for mine in parts.values() for part in mine]
        self.total = sum(part.level for part in every)
        front = draw_cover(self.binding, self.cover, [group.title for group in groups])
        self.binding.mark("contents")
        self.binding.outline("contents", "目录", 0)
        contents = List(self.binding, "目录", self.cover, every)
        for group in groups:
            self._heading(group, parts[group.id])
        contents.draw()
        draw_total(self.binding, front)
        self.tick(self.total, self.total, "正在装订")
        pen = tuple(dict.fromkeys(self.pen))
        return Bound(self.binding.finish(), self.binding.pages, tuple(every), pen)

    def _heading(self, group: Group, parts: Sequence[Part]) -> None:
        head, mine = parts[0], parts[1:]
        for part in parts:  # what turns out to be empty is named on this sheet and nowhere else
            self.binding.mark(part.key)
        self.binding.outline(head.key, f"{head.number}　{head.title}", 0)
        head.page = self.binding.pages + 1
        sheet = List(self.binding, f"{head.number}　{head.title}", self.cover, mine)
        for entry, part in zip(group.entries, mine, strict=True):
            self.tick(self.done, self.total, f"{part.title}（已排{self.binding.pages}页）")
            self._paper(entry, part)
            self.done += 1
        head.pages = self.binding.pages - head.page + 1
        head.lines = sum(part.lines for part in mine)
        sheet.draw()

    def _paper(self, entry: Entry, part: Part) -> None:
        found = self.gatherer.find(entry.id)
        if found.why:
            part.why = found.why
            return
        page = self.binding.pages + 1
        self.binding.mark(part.key)
        try:
            self._print(found, part)
        except UserError as error:
            part.why = error.what.rstrip("。")
            return
        self.binding.outline(part.key, part.title, 1)
        part.page, part.pages, part.lines = page, self.binding.pages - page + 1, found.lines

    def _print(self, found: Found, part: Part) -> None:
        assert found.form is not None
        for words, rows in found.sets:
            context = self.stock.context(found.form, words, found.form.level)
            printed = print_paper(
                found.form,
                rows,
                replace(context, binding=self.binding),
                tick=lambda _done, _all: self.tick(
                    self.done, self.total, f"{part.title}（已排{self.binding.pages}页）"
                ),
            )
            self.pen += printed.pen


def bind(
    cover: Cover, groups: Sequence[Group], stock: Stock, gatherer: Gatherer, tick: Tick
) -> Bound:
    """Draw a binder; ``tick`` hears how many papers are done of how many, and may raise to stop."""
    return _Making(cover, stock, gatherer, tick).draw(groups)


def _parts(number: int, group: Group) -> list[Part]:
    head = Part(group.id, group.title, 0, numeral(number))
    return [
        head,
        *(
            Part(f"{group.id}.{entry.id}", entry.title, 1, str(n))
            for n, entry in enumerate(group.entries, start=1)
        ),
    ]
