"""What one blank of a ledger is: its name, what is filled in, how wide it prints, who may read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.core.forms import Field, Form
from app.ledgers.designing import CHOSEN, DAYS, KINDS
from app.ledgers.wording import KIND_WORDS, SECRET_WORDS, TIE_WORDS
from app.ui import theme as t
from app.ui.combo_blanks import QuietCombo
from app.ui.text_blanks import LineBlank, LongBlank
from app.ui.widgets import label, scroll, vbox

_MOST_DAYS, _MOST_MM = 400, 250
_FREE = "（不限）"
# What a blank of each kind may be held against: the fact, the kinds it may name.
_TIES = {
    "date": ("not_before", DAYS),
    "moment": ("not_before", DAYS),
    "number": ("at_most", ("number",)),
    "person": ("differs_from", ("person", "text")),
}
Tell = Callable[[str, Any], object]


class FactsPane(QWidget):
    """Shows a blank; ``tell`` hears the name of a fact and what it is now."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell_now, self._is_filling = tell, False
        self.name = LineBlank()
        self._kind, self._secret, self._tie = QuietCombo(), QuietCombo(), QuietCombo()
        self._tie_word = label("", "note")
        self._tied: tuple[str, tuple[str, ...]] = ("", ("",))
        self._kind.addItems([KIND_WORDS[kind] for kind in KINDS])
        self._secret.addItems(list(SECRET_WORDS.values()))
        self._choices = LongBlank()
        self._unit, self._days, self._wide = LineBlank(), LineBlank(), LineBlank()
        self._days.setPlaceholderText("如 30、15、7")
        self._wide.setPlaceholderText("0 就是不印")
        self._needed, self._listed = QCheckBox("必填"), QCheckBox("屏幕列表里也显示")
        self._message = label("", "note", "late", wrap=True)
        self._rows: dict[str, QWidget] = {}
        room = vbox(*self._lay_rows(), None, gap=t.S, edge=(0, 0, t.S, 0))
        self.setLayout(vbox((scroll(room), 1), gap=0))
        self._connect()

    def show_blank(self, form: Form, key: str) -> None:
        """Show what a blank is; what others count by, or what is put away, is only shown."""
        field = form.field(key)
        self._is_filling = True
        self._put(self.name, field.label)
        self._kind.setCurrentText(KIND_WORDS[field.kind])
        self._secret.setCurrentText(SECRET_WORDS[field.sensitive])
        if lines_of(self._choices.toPlainText()) != field.choices:
            self._choices.put("\n".join(field.choices))
        self._put(self._unit, field.unit)
        if days_of(self._days.text()) != field.expires_days:
            self._put(self._days, "、".join(map(str, field.expires_days)))
        self._put(self._wide, str(field.width))
        self._put_tie(form, field)
        self._needed.setChecked(field.required)
        self._listed.setChecked(key in (*form.columns, *form.name, form.day))
        self._message.hide()
        self._show_rows(form, field)
        self._is_filling = False

    def begin(self) -> None:
        """Put the cursor into the name, which is typed over."""
        self.name.setFocus()
        self.name.selectAll()

    def _lay_rows(self) -> Iterator[Any]:
        for key, words, blank in (
            ("label", "叫什么", self.name),
            ("kind", "填什么", self._kind),
            ("choices", "有哪些选项（一行一个）", self._choices),
            ("unit", "单位", self._unit),
            ("expires", "提前几天提醒", self._days),
            ("tie", "", self._tie),
            ("width", "印多宽（毫米）", self._wide),
            ("secret", "谁能看", self._secret),
        ):
            word = self._tie_word if key == "tie" else label(words, "note")
            word.setBuddy(blank)
            blank.setAccessibleName(words)
            self._rows[key] = row = QWidget()
            row.setLayout(vbox(word, blank, gap=2))
            yield row
            if key == "expires":
                yield self._message
                yield self._needed
                yield self._listed

    def _connect(self) -> None:
        self._message.hide()
        self.name.edited.connect(lambda: self._tell("label", self.name.text().strip()))
        self._kind.currentIndexChanged.connect(lambda at: self._tell("kind", KINDS[at]))
        self._secret.currentIndexChanged.connect(lambda at: self._tell("sensitive", at))
        self._tie.currentIndexChanged.connect(self._tell_tie)
        self._choices.edited.connect(
            lambda: self._tell("choices", lines_of(self._choices.toPlainText()))
        )
        self._unit.edited.connect(lambda: self._tell("unit", self._unit.text().strip()))
        self._days.edited.connect(self._tell_days)
        self._wide.edited.connect(self._tell_width)
        self._needed.toggled.connect(lambda is_on: self._tell("required", is_on))
        self._listed.toggled.connect(lambda is_on: self._tell("listed", is_on))

    def _tell(self, fact: str, value: Any) -> None:
        if not self._is_filling:
            self._message.hide()
            self._tell_now(fact, value)

    def _tell_tie(self, at: int) -> None:
        fact, keys = self._tied
        if fact and 0 <= at < len(keys):
            self._tell(fact, keys[at])

    def _put_tie(self, form: Form, field: Field) -> None:
        """Offer the blanks this one may be held against, the one it is held against chosen."""
        fact, kinds = _TIES.get(field.kind, ("", ()))
        words = TIE_WORDS.get(fact, "")
        others = [one for one in form.fields if one.kind in kinds and one.key != field.key]
        keys = ("", *(one.key for one in others))
        self._tie_word.setText(words)
        self._tie.setAccessibleName(words)
        if self._tied != (fact, keys) or self._tie.count() != len(keys):
            self._tie.clear()
        names = [_FREE, *(one.label for one in others)]
        for at, name in enumerate(names):
            if at < self._tie.count():
                self._tie.setItemText(at, name)
            else:
                self._tie.addItem(name)
        self._tied = (fact, keys)
        now = getattr(field, fact) if fact else ""
        self._tie.setCurrentIndex(keys.index(now) if now in keys else 0)

    def _tell_days(self) -> None:
        days = days_of(self._days.text())
        if days is None:
            self._refuse(f"提前几天要写0到{_MOST_DAYS}的数字，几个之间用顿号分开，如 30、15、7。")
        else:
            self._tell("expires_days", days)

    def _tell_width(self) -> None:
        text = self._wide.text().strip()
        if text.isascii() and text.isdigit() and Decimal(text) <= _MOST_MM:
            self._tell("width", int(text))
        elif text:
            self._refuse(f"印多宽要写0到{_MOST_MM}的整数，0就是不印。")

    def _refuse(self, why: str) -> None:
        if not self._is_filling:
            self._message.setText(why)
            self._message.show()

    def _show_rows(self, form: Form, field: Field) -> None:
        is_here = field in form.fields
        is_own = is_here and not field.follows
        is_fixed = field.key in (form.day, *form.name)
        self._rows["choices"].setVisible(field.kind in CHOSEN)
        self._rows["unit"].setVisible(field.kind == "number")
        self._rows["expires"].setVisible(field.kind in DAYS)
        self._rows["tie"].setVisible(field.kind in _TIES and len(self._tied[1]) > 1)
        self._rows["width"].setVisible(field.kind != "photo")
        for row in self._rows.values():
            row.setEnabled(is_here)
        self._rows["kind"].setEnabled(is_own)
        self._rows["tie"].setEnabled(is_own)
        self._needed.setEnabled(is_own and field.key != form.day)
        self._listed.setEnabled(is_here and not is_fixed and field.kind != "photo")

    def _put(self, blank: LineBlank, text: str) -> None:
        if blank.text().strip() != text:
            blank.setText(text)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the choices that were typed, one a line."""
    return tuple(word for line in text.splitlines() if (word := line.strip()))


def days_of(text: str) -> tuple[int, ...] | None:
    """Return the days that were typed, the farthest first; None if they are none."""
    words = [word for word in re.split(r"[、，,;；\s]+", text.strip()) if word]
    if not all(word.isascii() and word.isdigit() and len(word) <= 3 for word in words):
        return None
    days = sorted({int(word) for word in words}, reverse=True)
    return tuple(days) if all(day <= _MOST_DAYS for day in days) else None
