"""排班规则: how long one rests after a night, and what weekends and holidays add."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.duties.planning.frame import DayClass, Limits
from app.duties.posts.limits import MOST_MORE, MOST_REST
from app.duties.posts.register import PostRegister
from app.ui import theme as t
from app.ui.editor import FormEditor
from app.ui.widgets import hbox, label

_MORE = (DayClass.WEEKEND, DayClass.HOLIDAY, DayClass.VACATION)
_SAID = (
    "这些都是默认值，文件里没有规定，学校可以改；改了以后，以后排的班按新的算。"
    "分值越大，这一班越“重”；排班时各人的分尽量一样多。"
)


def open_limits(parent: QWidget, register: PostRegister) -> FormEditor:
    """Ask for what holds for all rosters."""
    now = register.limits()
    fields = (
        Field(
            "rest_hours",
            "夜班后至少休息",
            "number",
            required=True,
            unit="小时",
            min=0,
            max=MOST_REST,
        ),
        Field("nights_apart", "不连着两夜值夜班", "yesno", required=True),
        *(
            Field(
                day.name.lower(),
                f"{day.value}加分",
                "number",
                required=True,
                unit="分",
                min=0,
                max=MOST_MORE,
            )
            for day in _MORE
        ),
    )

    def save(said: dict[str, Any]) -> None:
        more = {day: float(said[day.name.lower()]) for day in _MORE}
        register.set_limits(Limits(round(said["rest_hours"]), said["nights_apart"], more))

    values: dict[str, Any] = {
        "rest_hours": Decimal(now.rest_hours),
        "nights_apart": now.nights_apart,
    }
    values |= {day.name.lower(): Decimal(f"{now.more_points.get(day, 0):g}") for day in _MORE}
    editor = FormEditor(Form("duty_limits", "排班规则", fields), save, parent, values)
    above = QWidget()
    above.setLayout(hbox((label(_SAID, "note", wrap=True), 1), edge=(t.XL, t.M, t.XL, 0)))
    editor.put_on_top(above)
    editor.open()
    return editor
