"""Theme days and seasons: those that came along, as the school changed them, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.calendar.recurring import EXAMPLES, Spans, recurring
from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault, doubled

SEASON_DAYS = 7  # what lasts longer is a season, not a theme day


@dataclass(frozen=True)
class Theme:
    """One theme day or season as its file, or the school, has it: ``days`` is how people say it.

    ``counted_from`` is the year before the first of them, where they are counted.
    """

    id: str
    name: str
    days: str
    counted_from: int = 0
    note: str = ""

    def faults(self) -> list[str]:
        """Say what is missing or cannot be read."""
        found = [] if self.name.strip() else ["“名称”没有填"]
        if not self.days.strip():
            found.append("“哪些日子”没有填")
        elif recurring(self.days) is None:
            found.append(f"看不懂“{self.days}”是哪些日子，可以写：{'、'.join(EXAMPLES)}")
        if self.counted_from and not 1900 <= self.counted_from <= 2100:
            found.append("“头一个是哪一年”要填一个年份")
        return found


class Occasion(NamedTuple):
    """A theme day or a season in one year, both ends included; a season may end in the next."""

    key: str
    name: str
    first_on: date
    last_on: date
    note: str

    @property
    def is_season(self) -> bool:
        """Whether it lasts longer than a week."""
        return (self.last_on - self.first_on).days >= SEASON_DAYS


@dataclass(frozen=True)
class _ThemeFile:
    theme: tuple[Theme, ...]

    @property
    def id(self) -> str:
        return "themes"


def _whole(file: _ThemeFile) -> _ThemeFile:
    if twice := doubled([theme.id for theme in file.theme]):
        raise Fault(f"有两条theme叫“{twice}”")
    for number, theme in enumerate(file.theme, start=1):
        if faults := theme.faults():
            raise Fault(f"第{number}条theme“{theme.name}”里{'；'.join(faults)}")
    return file


_DRAWER = Drawer(
    _ThemeFile,
    _whole,
    name="主题日文件",
    others="学期、放假安排和已有记录",
    folder="原来的文件夹",
    parts={"theme": ("theme", "条theme")},
)


def load_themes(folder: Path) -> tuple[list[Theme], list[UserError]]:
    """Read the theme days that came with the program, and what is wrong with their file."""
    try:
        return list(_DRAWER.load(folder / "themes.toml").theme), []
    except UserError as fault:
        return [], [fault]


class Occasions:
    """The theme days and seasons of a school, asked by year and by day."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        self._themes: Sequence[tuple[Theme, Spans]] = [
            (theme, spans) for theme in themes if (spans := recurring(theme.days))
        ]
        self._years: dict[int, list[Occasion]] = {}
        self._names: dict[int, dict[date, tuple[str, ...]]] = {}

    def of(self, year: int) -> list[Occasion]:
        """Return what a year has, by time; of a lunar year what comes after its December too."""
        if year not in self._years:
            found = [_in_year(theme, spans, year) for theme, spans in self._themes]
            self._years[year] = sorted(
                (one for one in found if one), key=lambda one: (one.first_on, one.last_on)
            )
        return self._years[year]

    def between(self, first: date, last: date) -> list[Occasion]:
        """Return what touches these days, by time; what began the year before included."""
        years = range(first.year - 1, last.year + 1)
        found = [one for year in years for one in self.of(year)]
        found = [one for one in found if one.first_on <= last and first <= one.last_on]
        return sorted(found, key=lambda one: (one.first_on, one.last_on))

    def names_on(self, on: date) -> tuple[str, ...]:
        """Return the theme days that fall on a day."""
        if on.year not in self._names:
            self._names[on.year] = self._index(on.year)
        return self._names[on.year].get(on, ())

    def _index(self, year: int) -> dict[date, tuple[str, ...]]:
        found: dict[date, tuple[str, ...]] = {}
        for one in self.between(date(year, 1, 1), date(year, 12, 31)):
            if one.is_season:
                continue
            for ordinal in range(one.first_on.toordinal(), one.last_on.toordinal() + 1):
                on = date.fromordinal(ordinal)
                found[on] = (*found.get(on, ()), one.name)
        return found


def _in_year(theme: Theme, spans: Spans, year: int) -> Occasion | None:
    span = spans(year)
    nth = year - theme.counted_from if theme.counted_from else 0
    if span is None or (theme.counted_from and nth < 1):
        return None
    name = f"第{nth}个{theme.name}" if nth else theme.name
    return Occasion(theme.id, name, span.first_on, span.last_on, theme.note)
