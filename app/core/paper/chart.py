"""Charts of bars: what they say; ``chart_layout`` places them, on paper and on the screen alike.

A bar is told by its pattern, its word and its number, never by colour alone: a laser printer has
none.

Kinds::

    rows        a line for each bar, its parts one after the other, their sum at the end
    apart       a line for each part of a bar, with the words of that part at its end
    columns     a group of standing bars side by side for each bar, numbers above, labels below

Tones: ``solid`` is grey, ``hatch`` is striped, ``clear`` is white with an edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Tone = Literal["solid", "hatch", "clear"]
Filter = tuple[tuple[str, str], ...]


class Part(NamedTuple):
    """One part of a bar: ``said`` is written for its number, ``filter`` finds what it counts.

    A part without a filter cannot be gone into.
    """

    value: float
    said: str = ""
    filter: Filter = ()

    @property
    def words(self) -> str:
        """What is written on it."""
        return self.said or f"{self.value:g}"


class Bar(NamedTuple):
    """One bar: its label and a part for each series of the chart.

    What ``is_rest`` gathers all that has no bar of its own: it is written, not drawn, since it
    may well be longer than the longest.
    """

    label: str
    parts: tuple[Part, ...]
    is_rest: bool = False

    @property
    def total(self) -> float:
        """The sum of its parts."""
        return sum(part.value for part in self.parts)


class Series(NamedTuple):
    """What the parts in one place of every bar have in common, and how they are filled."""

    word: str
    tone: Tone = "solid"


@dataclass(frozen=True)
class Chart:
    """A title, what its bars count, and the bars; ``empty`` is said where there are none."""

    title: str
    bars: tuple[Bar, ...]
    series: tuple[Series, ...] = (Series(""),)
    kind: Literal["rows", "apart", "columns"] = "rows"
    note: str = ""
    empty: str = "没有可画的。"

    def plain(self) -> dict[str, Any]:
        """Return it as rows within rows, which a view may give out and a reader's level mask."""
        return {
            "title": self.title,
            "note": self.note,
            "empty": self.empty,
            "kind": self.kind,
            "series": [one._asdict() for one in self.series],
            "bars": [
                {
                    "label": bar.label,
                    "parts": [[part.value, part.said] for part in bar.parts],
                    "is_rest": bar.is_rest,
                }
                for bar in self.bars
            ],
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Chart:
        """Return the chart that ``plain`` gave out; its bars cannot be gone into."""
        bars = (
            Bar(
                bar["label"],
                tuple(Part(value, said) for value, said in bar["parts"]),
                bar["is_rest"],
            )
            for bar in plain["bars"]
        )
        series = tuple(Series(one["word"], one["tone"]) for one in plain["series"])
        return cls(
            plain["title"], tuple(bars), series, plain["kind"], plain["note"], plain["empty"]
        )

    def said(self, bar: int, part: int) -> str:
        """Say one part in words: 食堂，未销账 8."""
        one, series = self.bars[bar], self.series[part]
        return "，".join(
            filter(None, (one.label, f"{series.word} {one.parts[part].words}".strip()))
        )
