"""本地风险: which dangers are practised in turn, at what hours, and who is away when."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.drills.planning.choices import (
    Choices,
    read_away,
    read_hours,
    risks_to_choose,
)
from app.drills.planning.ground import School
from app.drills.planning.register import TermPlanner
from app.drills.rules import Kind
from app.ui.blanks import Sources
from app.ui.editor import FormEditor


def open_choices(parent: QWidget, planner: TermPlanner) -> FormEditor:
    """Open the school's choices about its drills."""
    book = planner.choices
    now = book.read()
    form = _form(book.school(now))

    def save(said: dict[str, Any]) -> None:
        book.keep(
            Choices(
                tuple(map(Kind, said["risks"])),
                read_hours(said["hours"]),
                said.get("joins", now.joins),
                int(said.get("nights", now.nights)),
                read_away(said["away"] or [], planner.register.today()),
            )
        )

    values = {
        "risks": [str(kind) for kind in now.risks],
        "hours": [f"{hour.at:%H:%M} {hour.word}" for hour in now.hours],
        "away": [f"{one.name} {one.first} {one.last}" for one in now.away],
        "nights": Decimal(now.nights),
        "joins": now.joins,
    }
    editor = FormEditor(form, save, parent, values, sources=Sources())
    editor.open()
    return editor


def _form(school: School) -> Form:
    """Return the blanks that mean something to such a school."""
    fields = [
        Field(
            "risks",
            "本地风险：勾上的轮着练，住校生夜间和校车另外排",
            "many",
            required=True,
            choices=tuple(map(str, risks_to_choose())),
        ),
        Field("hours", "演练时段，一行一个，先写时间", "lines", required=True),
        Field("away", "总指挥不在校的日子，一行一个，如：李校长 10-12 10-16", "lines"),
    ]
    if school.boards:
        fields.append(
            Field(
                "nights",
                "住校生夜间演练（每年几次）",
                "number",
                required=True,
                unit="次/年",
                min=0,
                max=12,
            )
        )
    if school.has_kindergarten and school.has_pupils:
        fields.append(Field("joins", "附设幼儿园和小学一起演练，不另排", "yesno", required=True))
    return Form("drill_choices", "本地风险和演练时段", tuple(fields))
