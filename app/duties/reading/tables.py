"""The shapes rosters are written in: dates down, one line a shift, weekdays or dates across."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from app.core.sheets import Book, Sheet
from app.core.sheets.book import column_letters
from app.duties.reading.cells import day_of, days_of, month_in, text_of, weekday_of

_DATE = re.compile(r"^(?:值班|值守|上岗)?(?:日期|时间|日子)$")
_POST = re.compile(r"^(?:岗位|班次|点位|值班岗位|岗位名称|组别|值班班次|地点)$")
_WHO = re.compile(r"^(?:姓名|人员|值班人|值班人员|值班教师|值守人员|值班人姓名|名单)$")
_NOT_POSTS = re.compile(
    r"电话|手机|联系方式|备注|说明|签[名字到]|^周次$|序号|^编号$|天气|^农历$|星期|^周$|职务|类别"
)
_DAY_HEAD = re.compile(r"(?:20\d\d[年./-])?\d{1,2}[月./]\d{1,2}日?(?:[（(]?(?:星期|周).[）)]?)?")
_HEAD_ROWS, _FEW = 12, 3


class Place(NamedTuple):
    """Where something stands in a file: ``column`` is the text over it, ``value`` what it says."""

    sheet: str
    row: int
    column: str
    value: str


class Written(NamedTuple):
    """One filled cell: a day, the words for the post, and what stands there."""

    place: Place
    on: date
    heading: str
    value: object


class Unread(NamedTuple):
    """Something that could not be read, and why."""

    place: Place
    why: str


def lines_of(book: Book, *, today: date) -> Iterator[Written | Unread]:
    """Yield every cell of every roster in a file that says something."""
    for sheet in book.sheets:
        if not sheet.hidden:
            yield from _sheet(sheet, book.name, today)


def _sheet(sheet: Sheet, name: str, today: date) -> Iterator[Written | Unread]:
    rows = _spread(sheet)
    at = 0
    near = month_in(f"{name} {sheet.name}", today=today)
    found = False
    while at < len(rows):
        head = _head(rows, at)
        if head is None:
            near = _month_among(rows[at], today) or near
            at += 1
            continue
        found = True
        near = _month_above(rows, at, today) or near
        reader = _Reader(sheet.name, rows, near or today)
        at = yield from (reader.down(at) if head == "down" else reader.across(at))
    if not found and any(text_of(cell) for row in rows for cell in row):
        why = "没有认出值班表：要有写着“日期”的一栏，或者写着星期一到星期五的一行。"
        yield Unread(Place(sheet.name, 0, "", ""), why)


def _spread(sheet: Sheet) -> list[list[object]]:
    """Return the rows with what merged cells say in each of them, but for titles."""
    rows = [list(row) for row in sheet.rows]
    width = max(map(len, rows), default=0)
    for span in sheet.merged:
        if span.right - span.left + 1 > max(width * 2 // 3, 2) or span.top > len(rows):
            continue
        said = rows[span.top - 1][span.left - 1] if span.left <= width else None
        for row in range(span.top - 1, min(span.bottom, len(rows))):
            for column in range(span.left - 1, min(span.right, width)):
                rows[row][column] = said
    return rows


def _head(rows: list[list[object]], at: int) -> str | None:
    """Say which kind of table begins here."""
    texts = [_plain(cell) for cell in rows[at]]
    if any(map(_DATE.match, texts)) and sum(map(bool, texts)) > 1:
        return "down"
    return "across" if sum(map(_is_day_head, rows[at])) >= _FEW else None


def _is_day_head(cell: object) -> bool:
    """Say whether a cell heads the column of one day: 星期三, 10月14日."""
    text = _plain(cell)
    is_week = text not in ("", "日") and weekday_of(text) is not None
    return is_week or isinstance(cell, date) or bool(_DAY_HEAD.fullmatch(text))


def _plain(cell: object) -> str:
    return re.sub(r"\s", "", text_of(cell))


def _month_among(row: list[object], today: date) -> date | None:
    texts = [text_of(cell) for cell in row]
    return next((on for text in texts if (on := month_in(text, today=today))), None)


def _month_above(rows: list[list[object]], at: int, today: date) -> date | None:
    for row in reversed(rows[max(at - 3, 0) : at]):
        if found := _month_among(row, today):
            return found
    return None


class _Reader:
    """One sheet being read; ``near`` is a day in the month its title names."""

    def __init__(self, sheet: str, rows: list[list[object]], near: date) -> None:
        self.sheet, self.rows, self.near = sheet, rows, near

    def place(self, row: int, column: int, head: str) -> Place:
        """Return where a cell is; a column without words over it goes by its letter."""
        said = head or f"{column_letters(column + 1)}列"
        return Place(self.sheet, row + 1, said, text_of(self.rows[row][column]))

    # Dates down

    def down(self, at: int) -> Generator[Written | Unread, None, int]:
        """Read a table with the dates below each other; return the row after it."""
        heads, start = self._heads(at)
        dates = next(n for n, text in enumerate(heads) if _DATE.match(text))
        week = next((n for n, text in enumerate(heads) if text in ("星期", "周")), None)
        post = next((n for n, text in enumerate(heads) if _POST.match(text)), None)
        who = next((n for n, text in enumerate(heads) if _WHO.match(text)), None)
        by_line = post is not None and who is not None
        ons: list[date] = []
        row = start
        while row < len(self.rows):
            cells = self.rows[row]
            if _head(self.rows, row):
                break
            said = text_of(cells[dates])
            if said:
                fresh = days_of(cells[dates], near=self.near)
                if not fresh and not _looks_like_day(said):
                    break
                ons = fresh
                yield from self._doubts(row, dates, week, ons, heads)
            if ons and any(text_of(cell) for cell in cells):
                wanted = (
                    [(who, text_of(cells[post]))]
                    if by_line and who is not None and post is not None
                    else [
                        (n, head) for n, head in enumerate(heads) if self._is_post(n, dates, head)
                    ]
                )
                for column, heading in wanted:
                    if text_of(cells[column]) and heading:
                        place = self.place(row, column, heads[column])
                        yield from (Written(place, on, heading, cells[column]) for on in ons)
            row += 1
        return row

    def _heads(self, at: int) -> tuple[list[str], int]:
        """Return the words over each column, of one line or of two, and the first row below."""
        upper = [_plain(cell) for cell in self.rows[at]]
        if at + 1 >= len(self.rows):
            return upper, at + 1
        dates = next(n for n, text in enumerate(upper) if _DATE.match(text))
        below = self.rows[at + 1]
        again = _plain(below[dates])
        if again not in ("", upper[dates]):
            return upper, at + 1
        lower = [_plain(cell) for cell in below]
        if not any(lower):
            return upper, at + 1
        two = [
            high if low in ("", high) else f"{high}{low}"
            for high, low in zip(upper, lower, strict=True)
        ]
        return two, at + 2

    def _is_post(self, column: int, dates: int, head: str) -> bool:
        return column != dates and bool(head) and not _NOT_POSTS.search(head)

    def _doubts(
        self, row: int, dates: int, week: int | None, ons: list[date], heads: list[str]
    ) -> Iterator[Unread]:
        place = self.place(row, dates, heads[dates])
        if not ons:
            yield Unread(place, "不是日期，应写成10月15日或2026-10-15；这一行不收。")
            return
        on = ons[0]
        said = text_of(self.rows[row][week]) if week is not None else place.value
        day = weekday_of(said)
        if day is not None and day != on.weekday():
            is_ = "一二三四五六日"[on.weekday()]
            where = self.place(row, week, heads[week]) if week is not None else place
            yield Unread(
                where,
                f"{on.year}年{on.month}月{on.day}日是星期{is_}，表里写的是星期"
                f"{'一二三四五六日'[day]}，可能是别的年份的表。",
            )

    # Dates across

    def across(self, at: int) -> Generator[Written | Unread, None, int]:
        """Read a table with weekdays across and posts down; return the row after it."""
        heads = [text_of(cell) for cell in self.rows[at]]
        columns = [n for n, cell in enumerate(self.rows[at]) if _is_day_head(cell)]
        days, start = self._days(at, columns, heads)
        first = min(columns)
        row = start
        while row < len(self.rows):
            if _head(self.rows, row):
                break
            cells = self.rows[row]
            words = [_plain(cell) for cell in cells[:first] if text_of(cell)]
            if not any(text_of(cell) for cell in cells):
                row += 1
                break
            heading = "".join(dict.fromkeys(words))
            for column in columns:
                if heading and text_of(cells[column]):
                    place = self.place(row, column, heads[column])
                    on = days.get(column)
                    if on is None:
                        yield Unread(place, "这一列没有写是几月几日，不知道是哪一天；不收。")
                    else:
                        yield Written(place, on, heading, cells[column])
            row += 1
        return row

    def _days(self, at: int, columns: list[int], heads: list[str]) -> tuple[dict[int, date], int]:
        """Return the day of each column: in its head, in the row below, or by the title's first."""
        days = {n: on for n in columns if (on := day_of(heads[n], near=self.near))}
        if len(days) == len(columns):
            return days, at + 1
        if at + 1 < len(self.rows):
            below = self.rows[at + 1]
            days = {n: on for n in columns if (on := day_of(below[n], near=self.near))}
            if len(days) >= _FEW:
                return days, at + 2
        monday = self._monday(at)
        if monday is None:
            return {}, at + 1
        found = {}
        for n in columns:
            by = weekday_of(heads[n])
            if by is not None:
                found[n] = monday + timedelta(days=by)
        return found, at + 1

    def _monday(self, at: int) -> date | None:
        """Return the Monday of the week that the lines above the table name by a day of it."""
        for row in reversed(self.rows[max(at - _HEAD_ROWS, 0) : at]):
            for cell in row:
                if on := _first_day(text_of(cell), self.near):
                    return on - timedelta(days=on.weekday())
        return None


_NAMED = re.compile(r"(?:20\d\d\s*[-./年]\s*)?\d{1,2}\s*[-./月]\s*\d{1,2}")


def _first_day(text: str, near: date) -> date | None:
    found = _NAMED.search(text)
    return day_of(found[0], near=near) if found else None


def _looks_like_day(said: str) -> bool:
    return bool(re.match(r"^[\d月日号年./\-\s]+$", said))
