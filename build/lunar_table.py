"""Write resources/calendar/lunar.txt from lunar-python (MIT); run by hand, seldom."""

from __future__ import annotations

from pathlib import Path

from lunar_python import LunarYear, Solar

TARGET = Path(__file__).parents[1] / "resources" / "calendar" / "lunar.txt"
FIRST, LAST = 1949, 2100
HEAD = """\
# The lunar calendar (农历) and the solar terms (节气), 1950 to 2100. Made by build/lunar_table.py
# from lunar-python (c) 6tail, MIT licence. A line is a year: the day its first lunar month begins;
# which month is doubled, 0 for none; the length of each month, 1 for 30 days and 0 for 29; the day
# of the month of each of the 24 solar terms, 小寒 first, two in every month.
"""


def months(year: int) -> tuple[str, int, str]:
    """Return when the lunar year begins, its doubled month, and how long its months are."""
    found = [month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year]
    begins = Solar.fromJulianDay(found[0].getFirstJulianDay())
    leap = next((-month.getMonth() for month in found if month.getMonth() < 0), 0)
    lengths = "".join("1" if month.getDayCount() == 30 else "0" for month in found)
    return f"{begins.getMonth():02}{begins.getDay():02}", leap, lengths


def terms(year: int) -> str:
    """Return the day of the month of every solar term of a year."""
    table = Solar.fromYmd(year, 6, 15).getLunar().getJieQiTable()
    days = {(s.getYear(), s.getMonth(), s.getDay()) for s in table.values()}
    days |= {
        (s.getYear(), s.getMonth(), s.getDay())
        for s in Solar.fromYmd(year, 12, 28).getLunar().getJieQiTable().values()
    }
    mine = sorted((month, day) for y, month, day in days if y == year)
    assert len(mine) == 24, (year, mine)
    return "".join(f"{day:02}" for _, day in mine)


def main() -> None:
    """Write the table."""
    lines = []
    for year in range(FIRST, LAST + 1):
        begins, leap, lengths = months(year)
        lines.append(f"{year} {begins} {leap} {lengths} {terms(year)}")
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
