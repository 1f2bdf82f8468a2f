"""The rules of 督办, on plain values: what an entry needs, and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from app.core.errors import UserError


class Demand(Protocol):
    """What an entry says."""

    made_on: date
    made_by: str
    standing: str | None
    demand: str | None
    due_on: date | None
    met_on: date | None
    met_words: str | None


def check_entry(
    today: date,
    found_on: date,
    *,
    by: str,
    on: date,
    standing: str | None,
    demand: str | None,
    due_on: date | None,
) -> None:
    """Go on only if an entry can be so; all faults are named at once.

    Raises:
        UserError: nobody is named, nothing is said, or a day cannot be.

    """
    faults = [] if by.strip() else ["“督办人”没有填"]
    if not (standing or "").strip() and not (demand or "").strip():
        faults.append("“现在的情况”和“督办要求”至少填一项")
    if on > today:
        faults.append("“督办日期”不能晚于今天")
    if on < found_on <= today:
        faults.append(f"“督办日期”不能早于排查的{_day(found_on)}")
    if due_on and not (demand or "").strip():
        faults.append("填了“完成期限”，“督办要求”也要填")
    if due_on and due_on < on:
        faults.append(f"“完成期限”不能早于督办的{_day(on)}")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def check_met(today: date, made_on: date, on: date) -> None:
    """Go on only if a demand can have been met on this day.

    Raises:
        UserError: the day is still to come, or before the demand.

    """
    if on > today:
        raise UserError("“落实日期”不能晚于今天。", do="请改好再保存。")
    if on < made_on:
        raise UserError(f"“落实日期”不能早于督办的{_day(made_on)}。", do="请改好再保存。")


def called(demand: Demand) -> str:
    """Say which entry is meant, by its day, who made it, and what it says first."""
    return f"{_day(demand.made_on)}{demand.made_by}：{demand.demand or demand.standing or ''}"


def is_open(demand: Demand, day: date) -> bool:
    """Say whether something is demanded that was not met by the end of this day."""
    was_made = bool(demand.demand) and demand.made_on <= day
    return was_made and (demand.met_on is None or demand.met_on > day)


def sentence(demand: Demand, day: date, *, is_closed: bool = False) -> str:
    """Say one entry as it stands at the end of a day; a closed hazard owes nothing."""
    said = [demand.standing or ""]
    if demand.demand:
        by_when = f"{_day(demand.due_on)}前" if demand.due_on else ""
        said.append(f"要求{by_when}{demand.demand}")
    if demand.met_on and demand.met_on <= day:
        words = f"：{demand.met_words}" if demand.met_words else ""
        said.append(f"{_day(demand.met_on)}落实{words}")
    elif demand.due_on and is_open(demand, day) and day > demand.due_on and not is_closed:
        said.append(f"逾期{(day - demand.due_on).days}天没有落实")
    told = "，".join(part.rstrip("。，") for part in said if part)
    return f"{_day(demand.made_on)}{demand.made_by}：{told}。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
