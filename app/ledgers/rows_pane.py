"""A line of a ledger as its list shows it: columns, chips and drop-downs made from the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.core.forms import MOST_SENSITIVE, Field, Form
from app.core.pinyin import search_text
from app.core.values import show
from app.ledgers.filling import read
from app.ledgers.lines import Line
from app.ui.pages import Chip, Column, Facet, LateRow, Row

OPEN, LATE, SOON, THIS_MONTH = "open", "late", "soon", "month"
SOON_DAYS = 30
_MOST_FACETS = 3
_WIDE = {"date": 5, "moment": 7.6, "time": 3.6, "yesno": 3.6, "number": 4.4, "person": 4.6}
_SEARCHED = ("text", "long", "number", "choice", "many", "person", "people")
_PEOPLE = ("person", "people")
_LONGEST_SPELT = 12
_CHOICE_WIDE = 5.5
_TEXT_WIDE = 7


class Listed:
    """How the list of one ledger is made of its form."""

    def __init__(self, form: Form, today: date) -> None:
        self.form, self._today = form, today
        self.has_days = any(field.expires_days for field in form.fields)
        self._has_status = bool(form.closing) or self.has_days
        self._shown = [form.field(key) for key in form.columns]
        choices = [f for f in form.fields if f.kind == "choice" and f.sensitive < MOST_SENSITIVE]
        choices.sort(key=lambda f: (f.more, not f.required))  # those always filled in come first
        self._facets = choices[:_MOST_FACETS]
        self._found = [
            f.key for f in form.fields if f.sensitive < MOST_SENSITIVE and f.kind in _SEARCHED
        ]
        people = [f.key for f in form.fields if f.kind in _PEOPLE or f.mask == "name"]
        self._spelt = [key for key in dict.fromkeys((*form.name, *people)) if key in self._found]
        self._spellings: dict[str, str] = {}

    def columns(self) -> tuple[Column, ...]:
        """Return the columns: how it stands, number, what it is, the form's own, the day."""
        status = (Column("状态", 5, "status"),) if self._has_status else ()
        return (
            *status,
            Column("编号", 7, "note", spare=True),
            Column("、".join(self._label(key) for key in self.form.name[:2]), 0, "two"),
            *(self._column(field) for field in self._shown),
            Column(self._label(self.form.day), _WIDE[self.form.field(self.form.day).kind], "note"),
        )

    def chips(self) -> tuple[Chip, ...]:
        """Return the numbers that filter."""
        chips = [Chip(OPEN, self.form.open)] if self.form.closing else []
        if self.has_days:
            chips += [
                Chip(LATE, "过期", "late", "late"),
                Chip(SOON, f"{SOON_DAYS}天内到期", "soon", "soon"),
            ]
        return (*chips, Chip(THIS_MONTH, "本月"))

    def facets(self) -> tuple[Facet, ...]:
        """Return the drop-downs: the first choices of the form, and the year."""
        own = (Facet(f.key, f.short or f.label, is_sorted=True) for f in self._facets)
        return (*own, Facet("year", "年度"))

    def rows(self, lines: Sequence[Line]) -> list[LateRow]:
        """Return the lines as rows, each written out when it is first looked at."""
        by_uid = {line.uid: line for line in lines}
        return [
            LateRow(line.uid, self._tags(line), lambda u: self._row(by_uid[u])) for line in lines
        ]

    def status(self, line: Line) -> tuple[str, str, str]:
        """Return how a line stands, as word, shape and tone."""
        if line.is_closed:
            return self.form.closed, "done", "done"
        if line.next_on is not None:
            days = (line.next_on - self._today).days
            if days < 0:
                return f"过期{-days}天", "late", "late"
            if days <= SOON_DAYS:
                return ("今天到期" if not days else f"还有{days}天"), "soon", "soon"
        if self.form.closing:
            return self.form.open, "work", "plain"
        return "有效", "check", "plain"

    def _tags(self, line: Line) -> frozenset[str]:
        tags = set() if line.is_closed else {OPEN}
        if line.next_on is not None and not line.is_closed:
            if line.next_on < self._today:
                tags.add(LATE)
            elif line.next_on <= self._today + timedelta(days=SOON_DAYS):
                tags.add(SOON)
        if (line.on.year, line.on.month) == (self._today.year, self._today.month):
            tags.add(THIS_MONTH)
        return frozenset(tags)

    def _row(self, line: Line) -> Row:
        names = [show(line[key]) for key in self.form.name]
        status = (self.status(line),) if self._has_status else ()
        cells = (
            *status,
            line.number,
            (names[0] or line.number, " · ".join(word for word in names[1:] if word)),
            *(_short(read(field, line.stored.get(field.key))) for field in self._shown),
            _short(line[self.form.day]),
        )
        stored = line.stored
        words = [_word(stored[key]) for key in self._found if key in stored]
        spelt = [_word(stored[key]) for key in self._spelt if key in stored]
        return Row(
            line.uid,
            cells,
            " ".join((*words, *(self._spell(word) for word in spelt))),
            self._tags(line),
            {f.key: _word(stored.get(f.key, "")) for f in self._facets}
            | {"year": str(line.on.year)},
        )

    def _spell(self, word: str) -> str:
        """Return what finds a short word by its pinyin; most words come again and again."""
        if word not in self._spellings:
            self._spellings[word] = search_text(word) if len(word) <= _LONGEST_SPELT else ""
        return self._spellings[word]

    def _column(self, field: Field) -> Column:
        wide = _WIDE.get(field.kind, _CHOICE_WIDE if field.kind == "choice" else _TEXT_WIDE)
        kind = "sealed" if field.sensitive >= MOST_SENSITIVE else "text"
        return Column(field.short or field.label, wide, kind)

    def _label(self, key: str) -> str:
        field = self.form.field(key)
        return field.short or field.label


def _word(stored: object) -> str:
    """Return what stands in a blank of words, as JSON keeps it, as one text."""
    return "、".join(map(str, stored)) if isinstance(stored, list) else str(stored)


def _short(value: object) -> object:
    """Return a day or moment as a list has room for it: 26-03-05 14:30."""
    if isinstance(value, datetime):
        return f"{value:%y-%m-%d %H:%M}"
    return f"{value:%y-%m-%d}" if isinstance(value, date) else value
