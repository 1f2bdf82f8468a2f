"""Seat numbers: in which order they may be given anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.core.pinyin import search_text


class SeatOrder(StrEnum):
    """The orders in which seats are given; ``KEEP`` leaves them as they are."""

    KEEP = "座号不变"
    PINYIN = "按姓名拼音"
    SEX = "男生在前，再按拼音"
    BIRTH = "按出生日期"


class Seated(Protocol):
    """What the order goes by."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def sex(self) -> str | None:
        """男, 女 or not known."""

    @property
    def born_on(self) -> date | None:
        """The day of birth, if known."""

    @property
    def seat_no(self) -> int | None:
        """The seat so far."""


_LAST = date.max
_NO_SEAT = 10_000


def seat_numbers(pupils: Sequence[Seated], order: SeatOrder) -> list[int | None]:
    """Return the seat of each of these pupils of one class when seats are given from 1 on.

    Who cannot be placed by the order (no birth date) comes last; equals stay as they sat.
    """
    if order is SeatOrder.KEEP:
        return [pupil.seat_no for pupil in pupils]
    places = sorted(range(len(pupils)), key=lambda n: _key(pupils[n], order))
    seats: list[int | None] = [None] * len(pupils)
    for seat, place in enumerate(places, start=1):
        seats[place] = seat
    return seats


def _key(pupil: Seated, order: SeatOrder) -> tuple[object, ...]:
    sat = pupil.seat_no or _NO_SEAT
    sound = pinyin_key(pupil.name)
    if order is SeatOrder.BIRTH:
        return (pupil.born_on or _LAST, sound, sat)
    if order is SeatOrder.SEX:
        return ({"男": 0, "女": 1}.get(pupil.sex or "", 2), sound, sat)
    return (sound, sat)


def pinyin_key(name: str) -> str:
    """Return what a name is sorted by: its likeliest reading, then the name itself."""
    return search_text(name).split(" ")[1] if " " in search_text(name) else name
