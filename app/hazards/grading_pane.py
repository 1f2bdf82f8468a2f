"""The blanks that reach a grade: the method, its factors in plain words, the sum as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.hazards.clauses import ClauseRegister
from app.hazards.grades import Method, Scheme, is_major
from app.hazards.grading import CHOSEN, FACTORS, OTHER_CLAUSE, Factor, reckon
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.choice_blanks import Offer, RadioBlank
from app.ui.combo_blanks import ComboBlank
from app.ui.editor import FormEditor
from app.ui.widgets import hbox, label, vbox

KEY, CLAUSE = "grading", "clause"
_CLAUSE = Field(CLAUSE, "判定条款", width=90)
_FIELD = Field(KEY, "怎样定级", "own")
_REASON = "改定的理由"


class GradingBlank(QWidget):
    """How the grade was reached; ``reached`` says which grade the factors give, None if none."""

    edited = Signal()

    def __init__(self, scheme: Scheme) -> None:
        super().__init__()
        self._scheme = scheme
        self._method = RadioBlank([Offer(word, word) for word in (CHOSEN, *FACTORS)])
        self._factors = {
            (method, factor.key): _combo(factor)
            for method, factors in FACTORS.items()
            for factor in factors
        }
        self._rows: dict[str, QWidget] = {}
        for method, factors in FACTORS.items():
            columns = [
                vbox(label(factor.label), self._factors[method, factor.key], gap=t.XS)
                for factor in factors
            ]
            self._rows[method] = QWidget()
            self._rows[method].setLayout(hbox(*((column, 1) for column in columns), gap=t.M))
        self._sum = label("", "note", wrap=True)
        self._reason = QLineEdit()
        self._reason.setAccessibleName(_REASON)
        self._overruled = QWidget()
        self._overruled.setLayout(vbox(label(_REASON), self._reason, gap=t.XS))
        self._grade = ""
        self.setLayout(
            vbox(self._method, *self._rows.values(), self._sum, self._overruled, gap=t.S)
        )
        self.setFocusProxy(self._method)
        self._method.edited.connect(self._changed)
        for blank in self._factors.values():
            blank.edited.connect(self._changed)
        self._reason.textChanged.connect(lambda _: self.edited.emit())
        self._show()

    def value(self) -> Any:
        said = self._said()
        return said and said | dict(self._reckoned())

    def put(self, value: Any) -> None:
        known: Mapping[str, Any] = value or {}
        method = known.get("method", CHOSEN)
        for (of, key), blank in self._factors.items():
            blank.put(known.get(key) if of == method else None)
        self._reason.setText(str(known.get("reason") or ""))
        self._method.put(method)

    def fault(self) -> str | None:
        try:
            reckon(self._said(), self._scheme)
        except UserError as error:
            return error.what.rstrip("。")
        return None

    def reached(self) -> str | None:
        """Return the grade the factors give, None while one is missing or the grade is chosen."""
        return self._reckoned().get("reached")

    def hear(self, grade: str | None) -> None:
        """Take notice of the grade that stands beside it; another one than reached asks why."""
        self._grade = grade or ""
        self._show()

    def _said(self) -> dict[str, str] | None:
        method = self._method.value() or CHOSEN
        if method == CHOSEN:
            return None
        said = {f.key: self._factors[method, f.key].value() or "" for f in FACTORS[method]}
        reason = self._reason.text().strip()
        return {"method": method, **said, **({"reason": reason} if reason else {})}

    def _reckoned(self) -> Mapping[str, str]:
        try:
            return reckon(self._said(), self._scheme) or {}
        except UserError:
            return {}

    def _changed(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        method, known = self._method.value() or CHOSEN, self._reckoned()
        for word, row in self._rows.items():
            row.setVisible(word == method)
        self._sum.setVisible(method != CHOSEN)
        if known:
            product = " × ".join(known[factor.key] for factor in FACTORS[method])
            told = f"风险值 {product} ＝ {known['sum']}，算得：{known['reached']}。"
        else:
            told = "每一项都选好，就算出风险值和等级。"
        self._sum.setText(told + _limits(self._scheme, method))
        is_other = bool(known and self._grade and known["reached"] != self._grade)
        self._overruled.setVisible(is_other)


def with_grades(form: Form, scheme: Scheme, *, own: str = "") -> Form:
    """Return the form with the grades of this scheme to choose, and how they may be reached.

    ``own`` is a grade the record has already.
    """
    words = scheme.words if not own or own in scheme.words else (*scheme.words, own)
    has_clause = any(field.key == CLAUSE for field in form.fields)
    fields: list[Field] = []
    for field in form.fields:
        fields.append(replace(field, choices=words) if field.key == "grade" else field)
        if field.key == "grade":
            fields.append(_FIELD)
            fields += [] if has_clause else [_CLAUSE]
    return replace(form, fields=tuple(fields))


def with_makers(sources: Sources, scheme: Scheme) -> Sources:
    """Return the sources with the blank that reaches a grade."""
    makers: dict[str, Callable[[Field], Any]] = {KEY: lambda _: GradingBlank(scheme)}
    return replace(sources, makers=makers)


def join_grading(editor: FormEditor) -> None:
    """Let the grade follow the factors until a person says another, and 重大 ask its clause."""
    grading: GradingBlank = editor.blank(KEY)
    grade = editor.blank("grade")
    before = grading.reached()

    def reach() -> None:
        nonlocal before
        now = grading.reached()
        if now and now != before and grade.value() in (None, before):
            before = now
            grade.put(now)
        before = now
        hear()

    def hear() -> None:
        grading.hear(grade.value())
        editor.show_field(CLAUSE, is_shown=is_major(grade.value() or ""))

    grading.edited.connect(reach)
    grade.edited.connect(hear)
    hear()


def graded(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a dialog said of a grade: a clause is that of a grave hazard alone."""
    is_grave = is_major(said.get("grade") or "")
    return {KEY: said.get(KEY), CLAUSE: (said.get(CLAUSE) or None) if is_grave else None}


def clause_offers(register: ClauseRegister) -> list[Offer]:
    """Return the clauses to choose from, found by any word of theirs, and 其他 at the end."""
    found = [
        Offer(f"{one.field}第{one.code}条 {one.text}", one.said, search_text(one.text))
        for one in register.all()
    ]
    return [*found, Offer(OTHER_CLAUSE, OTHER_CLAUSE)]


def _combo(factor: Factor) -> ComboBlank:
    offers = [Offer(f"{value} {words}", value) for value, words in factor.steps.items()]
    made = ComboBlank(lambda: offers)
    made.setAccessibleName(factor.label)
    return made


def _limits(scheme: Scheme, method: str) -> str:
    if method == CHOSEN:
        return ""
    graver = reversed(scheme.grades[1:])
    starts = [f"{grade.word}{grade.starts[Method(method)]:f}起" for grade in graver]
    return f"（{'，'.join(starts)}；本校默认，可在学校资料里修改）"
