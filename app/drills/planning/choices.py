"""What the school has said about its drills: its local risks, its hours, who is away when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.values import read_date, read_time
from app.drills.planning.days import HOURS
from app.drills.planning.ground import Hour, School
from app.drills.rules import Kind

CHOICES = "drills.choices"
_APART = (Kind.NIGHT, Kind.BUS)  # asked for by their own rules, whatever the risks are
_LONGEST_AWAY = 92


class Away(NamedTuple):
    """Somebody who commands is not there, from a day to a day, both included."""

    name: str
    first: date
    last: date


class Choices(NamedTuple):
    """The school's choices; ``joins``: the kindergarten walks with the school."""

    risks: tuple[Kind, ...]
    hours: tuple[Hour, ...]
    joins: bool
    nights: int
    away: tuple[Away, ...]


def risks_to_choose() -> list[Kind]:
    """Return the kinds a school may name as its local risks."""
    return [kind for kind in Kind if kind not in _APART and kind is not Kind.OTHER]


def usual_risks(kind: str, *, has_canteen: bool) -> tuple[Kind, ...]:
    """Return a sensible start for a school that has chosen nothing yet."""
    small = [Kind.QUAKE, Kind.FIRE, Kind.CRUSH, Kind.VIOLENCE, Kind.FLOOD, Kind.DISEASE]
    if has_canteen:
        small.append(Kind.POISON)
    if kind in ("初中", "九年一贯"):  # these have laboratories
        small.append(Kind.CHEMICALS)
    return tuple(small)


class ChoiceBook:
    """Reads and keeps the choices."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._settings = Settings(store)

    def read(self) -> Choices:
        """Return the choices, the usual ones where nothing was chosen."""
        kept: dict[str, Any] = self._settings.get(CHOICES) or {}
        facts = self._settings
        usual = usual_risks(
            str(facts.get("school.kind") or ""), has_canteen=bool(facts.get("school.has_canteen"))
        )
        return Choices(
            tuple(map(Kind, kept.get("risks") or usual)),
            tuple(Hour(word, time.fromisoformat(at)) for word, at in kept.get("hours", ()))
            or HOURS,
            bool(kept.get("joins", False)),
            int(kept.get("nights", 2)),
            tuple(
                Away(name, date.fromisoformat(first), date.fromisoformat(last))
                for name, first, last in kept.get("away", ())
            ),
        )

    def keep(self, choices: Choices) -> None:
        """Keep the choices.

        Raises:
            UserError: no risk is chosen, or a number cannot be.

        """
        self.store.sitter.demand(Right.DRILLS)
        if not choices.risks:
            raise UserError("本地风险一项也没有选。", do="请至少选一项，一般是地震和火灾。")
        if not 0 <= choices.nights <= 12:
            raise UserError("“夜间演练”每年只能填0到12次。", do="请改好再保存。")
        said = {
            "risks": [str(kind) for kind in choices.risks],
            "hours": [[hour.word, f"{hour.at:%H:%M}"] for hour in choices.hours],
            "joins": choices.joins,
            "nights": choices.nights,
            "away": [
                [one.name, one.first.isoformat(), one.last.isoformat()] for one in choices.away
            ],
        }
        self._settings.put({CHOICES: said}, "改本地风险和演练时段")

    def school(self, choices: Choices) -> School:
        """Return what the rules ask of this school."""
        has = {key: bool(self._settings.get(f"school.{key}")) for key in _FACTS}
        is_kindergarten = self._settings.get("school.kind") == "幼儿园"
        return School(
            has_pupils=not is_kindergarten,
            has_kindergarten=has["has_kindergarten"] or is_kindergarten,
            joins=choices.joins and not is_kindergarten,
            boards=has["boards"],
            has_bus=has["has_bus"],
            nights=choices.nights,
        )


_FACTS = ("has_kindergarten", "boards", "has_bus")


def away_days(away: Iterable[Away]) -> dict[date, str]:
    """Return who is away, by day."""
    return {
        one.first + timedelta(days=n): one.name
        for one in away
        for n in range((one.last - one.first).days + 1)
    }


def read_hours(lines: Sequence[str]) -> tuple[Hour, ...]:
    """Read the hours as people write them, a line each: 10:05 大课间.

    Raises:
        UserError: a line has no time.

    """
    found = []
    for number, line in enumerate(lines, start=1):
        at, _, word = line.strip().replace("\u3000", " ").partition(" ")
        try:
            found.append(Hour(word.strip() or at, read_time(at)))
        except ValueError:
            raise UserError(
                f"“演练时段”第{number}行“{line.strip()}”读不出时间。",
                do="请这样写：10:05 大课间，一行一个。",
            ) from None
    return tuple(found)


def read_away(lines: Sequence[str], today: date) -> tuple[Away, ...]:
    """Read who is away, a line each: 李校长 10-12 10-16.

    Raises:
        UserError: a line has no name or no days, or ends before it begins.

    """
    found = []
    for number, line in enumerate(lines, start=1):
        words = line.replace("至", " ").replace("到", " ").replace("～", " ").split()
        try:
            one = Away(words[0], read_date(words[1], today), read_date(words[-1], today))
            if not 0 <= (one.last - one.first).days < _LONGEST_AWAY:
                raise ValueError(line)
        except (ValueError, IndexError):
            raise UserError(
                f"“不在校的日子”第{number}行“{line.strip()}”读不出来。",
                do="请这样写：李校长 10-12 10-16，一行一个人，先写开始，再写结束。",
            ) from None
        found.append(one)
    return tuple(found)
