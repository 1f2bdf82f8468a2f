"""Day numbers as spreadsheets keep them, and moments as lists mean them."""

from __future__ import annotations

from datetime import date, datetime, time

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

_LAST = 2_958_465  # 9999-12-31
_SECONDS = 86_400


def from_serial(serial: float, *, since_1904: bool = False) -> date | str | float:
    """Return the day of a day number, with its time if it has one; 8:05 for a time alone.

    A number no day has is returned as it is.

    >>> from_serial(43119)
    datetime.date(2018, 1, 19)
    """
    if not 0 <= serial <= _LAST:
        return serial
    to_the_second = round(serial * _SECONDS) / _SECONDS
    return from_moment(from_excel(to_the_second, MAC_EPOCH if since_1904 else WINDOWS_EPOCH))


def from_moment(moment: date | time) -> date | str:
    """Return a moment at midnight as the day it is, a time alone as 8:05."""
    if isinstance(moment, time):
        return f"{moment.hour}:{moment.minute:02}"
    if isinstance(moment, datetime) and moment.time() == time():
        return moment.date()
    return moment
