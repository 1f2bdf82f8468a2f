"""The school's choice of grades: the scheme, the days of each grade, the sums that reach it."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.errors import UserError
from app.core.settings import DAYS_TO_FIX, GRADE_SCHEME, GRADE_STARTS
from app.hazards.choices import SchoolGrades
from app.hazards.clauses import ClauseRegister
from app.hazards.clauses.clauses_dialog import TITLE, open_clauses
from app.hazards.grades import SCHEMES, Method, Scheme
from app.ui import theme as t
from app.ui.choice_blanks import Offer, RadioBlank
from app.ui.entry import Asked, all_right
from app.ui.flow import Flow
from app.ui.widgets import button, hbox, label, vbox

_MOST_DAYS = 365
_MOST: dict[Method, int] = {Method.LS: 25, Method.LEC: 10000}
_OF_SCHEME = "换了分级，以前登记的隐患照旧用原来的等级。"
_OF_DAYS = (
    "从发现那天数起。天数是软件给的默认值，没有文件规定；本校默认，可修改。"
    "改了以后登记、定级或更正的按新的算。"
)
_OF_SUMS = (
    "风险值到了这个数就算这一级。L×S 是可能性乘后果，LEC 是可能性乘接触频繁程度乘后果。"
    "这些数也是软件给的默认值；本校默认，可修改。"
)
_OF_CLAUSES = "定为重大时可以从这里选条款；国家和省里的条款可以从表格导入。"


class GradePane(QWidget):
    """The blanks; those of the chosen scheme alone are shown."""

    def __init__(self, grades: SchoolGrades, clauses: ClauseRegister) -> None:
        super().__init__()
        look = button(
            f"{TITLE}…", press=lambda: open_clauses(self.window(), clauses, may_import=True)
        )
        self._before = grades.scheme()
        self._schemes = {title: grades.of(title) for title in SCHEMES}
        self._scheme = RadioBlank([Offer(title, title) for title in SCHEMES])
        self._scheme.setAccessibleName("隐患分级")
        self._days = {
            grade.word: _asked(f"{grade.said}（天）", grade.days)
            for scheme in self._schemes.values()
            for grade in scheme.grades
        }
        self._sums = {
            (scheme.title, method, grade.word): _asked(f"{method} 到多少算{grade.word}", start)
            for scheme in self._schemes.values()
            for method in Method
            for grade in reversed(scheme.grades[1:])
            for start in (grade.starts[method],)
        }
        self.setLayout(
            vbox(
                vbox(label("隐患分级"), self._scheme, label(_OF_SCHEME, "note"), gap=t.XS),
                _part("整改期限", list(self._days.values()), note=_OF_DAYS),
                _part("按风险值定级", *self._rows_of_sums(), note=_OF_SUMS),
                vbox(hbox(look, None), label(_OF_CLAUSES, "note", wrap=True), gap=t.XS),
                gap=t.M,
            )
        )
        self._scheme.put(self._before.title)
        self._scheme.edited.connect(self._show)
        self._show()

    def is_done(self) -> bool:
        """Say whether every number is one; what is not says so itself."""
        scheme = self._chosen()
        checks = [
            (self._days[word], partial(_whole, self._days[word], _MOST_DAYS))
            for word in scheme.words
        ]
        for method in Method:
            for key in self._of(scheme, method):
                checks.append((self._sums[key], partial(self._sum, key)))
        return all_right(checks)

    def changed(self) -> dict[str, Any]:
        """Return the settings that are not as they were."""
        said: dict[str, Any] = {}
        scheme = self._chosen()
        if scheme.title != self._before.title:
            said[GRADE_SCHEME] = scheme.title
        days = {word: self._days[word].blank.text() for word in scheme.words}
        if days != {grade.word: str(grade.days) for grade in scheme.grades}:
            kept = {g.word: g.days for s in self._schemes.values() for g in s.grades}
            said[DAYS_TO_FIX] = kept | {word: int(text) for word, text in days.items()}
        starts: dict[str, dict[str, dict[str, str]]] = {}
        is_new = False
        for (title, method, word), asked in self._sums.items():
            start = next(g.starts[method] for g in self._schemes[title].grades if g.word == word)
            is_mine = title == scheme.title
            text = asked.blank.text().strip() if is_mine else f"{start:f}"
            is_new = is_new or Decimal(text) != start
            starts.setdefault(title, {}).setdefault(method, {})[word] = text
        return said | {GRADE_STARTS: starts} if is_new else said

    def _rows_of_sums(self) -> list[list[Asked]]:
        return [[a for key, a in self._sums.items() if key[1] is method] for method in Method]

    def _show(self) -> None:
        scheme = self._chosen()
        for word, asked in self._days.items():
            asked.setVisible(word in scheme.words)
        for (title, _, _), asked in self._sums.items():
            asked.setVisible(title == scheme.title)

    def _chosen(self) -> Scheme:
        return self._schemes[self._scheme.value() or self._before.title]

    def _of(self, scheme: Scheme, method: Method) -> list[tuple[str, Method, str]]:
        return [key for key in self._sums if key[:2] == (scheme.title, method)]

    def _sum(self, key: tuple[str, Method, str]) -> int:
        """Read a sum; it lies below that of the graver grade, which stands before it."""
        keys = self._of(self._schemes[key[0]], key[1])
        value, place = _whole(self._sums[key], _MOST[key[1]]), keys.index(key)
        if place and value >= _whole(self._sums[keys[place - 1]], _MOST[key[1]]):
            raise UserError(f"要比“{keys[place - 1][2]}”的小。")
        return value


def _asked(title: str, value: object) -> Asked:
    return Asked(title, QLineEdit(str(value)), width_em=6)


def _part(title: str, *rows: list[Asked], note: str) -> QWidget:
    part, lines = QWidget(), [QWidget() for _ in rows]
    for line, blanks in zip(lines, rows, strict=True):
        line.setLayout(Flow(*blanks, gap=t.L))
    part.setLayout(vbox(label(title), *lines, label(note, "note", wrap=True), gap=t.XS))
    return part


def _whole(asked: Asked, most: int) -> int:
    text = asked.blank.text().strip()
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= most:
        raise UserError(f"请写1到{most}的整数。")
    return int(text)
