"""What the school sets for all rosters: rest after a night, what weekends and holidays add."""

from __future__ import annotations

from app.core.errors import UserError
from app.core.settings import Settings
from app.duties.planning.frame import DayClass, Limits

_REST = "duties.rest_hours"
_APART = "duties.nights_apart"
_MORE = "duties.more_points"
USUAL = Limits()
MOST_REST, MOST_MORE = 48, 10.0


def read_limits(settings: Settings) -> Limits:
    """Return the limits the school has set, the usual ones where it has set none."""
    said = settings.among("duties.")
    more = said.get(_MORE) or {}
    return Limits(
        rest_hours=said.get(_REST, USUAL.rest_hours),
        nights_apart=said.get(_APART, USUAL.nights_apart),
        more_points={day: float(more.get(day.value, n)) for day, n in USUAL.more_points.items()},
    )


def keep_limits(settings: Settings, limits: Limits) -> None:
    """Keep what the school has set.

    Raises:
        UserError: a number cannot be.

    """
    wrong = []
    if not 0 <= limits.rest_hours <= MOST_REST:
        wrong.append(f"“夜班后至少休息”要填0到{MOST_REST}小时")
    for day, points in limits.more_points.items():
        if not 0 <= points <= MOST_MORE:
            wrong.append(f"“{DayClass(day).value}加分”要填0到{MOST_MORE:g}")
    if wrong:
        raise UserError(f"{'；'.join(wrong)}。", safe="没有保存。", do="请改好再保存。")
    more = {day.value: points for day, points in limits.more_points.items()}
    settings.put(
        {_REST: limits.rest_hours, _APART: limits.nights_apart, _MORE: more}, "修改排班规则"
    )
