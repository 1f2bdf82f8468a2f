"""Before a letter goes out again or later: to whom, and by when it is to be back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.ui import theme as t
from app.ui.sheet import Sheet
from app.ui.text_blanks import DayBlank
from app.ui.widgets import button, label, vbox

_WHEN = "几号前收回"


def ask_when(
    parent: QWidget,
    title: str,
    said: Sequence[str],
    *,
    yes: str,
    usual: date | None,
    today: Callable[[], date],
    then: Callable[[date | None], object],
) -> Sheet:
    """Say what will be done and ask by when it is to be back; what ``then`` raises stays told."""
    when = DayBlank(today)
    when.put(usual)
    name = label(_WHEN)
    name.setBuddy(when)
    when.setAccessibleName(_WHEN)
    wrong = label("", tone="late", wrap=True)
    wrong.hide()

    def take() -> None:
        value = when.value()
        try:
            if isinstance(value, str):
                raise UserError(f"“{_WHEN}”要填日期，", do="如 3-5、周五。")
            then(value)
        except UserError as error:
            wrong.setText(error.what + error.do)
            wrong.show()
            sheet.fit()
            return
        sheet.accept()

    ok = button(yes, "primary", press=take)
    ok.setDefault(True)
    lines = [label(text, wrap=True) for text in said]
    sheet = Sheet(
        parent,
        title,
        vbox(*lines, t.S, name, when, wrong, None, gap=t.XS),
        (None, ok, button("取消", press=lambda: sheet.reject())),
        width=t.em() * 30,
    )
    sheet.open()
    when.setFocus()
    when.selectAll()
    return sheet
