"""Day numbers as spreadsheets keep them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST = 2_958_465  # 9999-12-31


def from_serial(serial: float, *, since_1904: bool = False) -> date | datetime | str | float:
    """Return the day of a day number, with its time if it has one; 8:05 for a time alone.

    A number no day has is returned as it is.

    >>> from_serial(43119)
    datetime.date(2018, 1, 19)
    """
    if not 0 <= serial <= _LAST:
        return serial
    moment = (_EPOCH_1904 if since_1904 else _EPOCH_1900) + timedelta(days=serial)
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if serial < 1 and not since_1904:
        return f"{moment.hour}:{moment.minute:02}"
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date()
    return moment
