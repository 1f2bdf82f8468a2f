"""The dialogs around a walk: its second walk typed in, and several checklists chosen at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.core.forms import Field
from app.hazards.checks.lists import Checklist
from app.hazards.checks.records import Check
from app.hazards.checks.register import CheckRegister
from app.hazards.checks.rules import Mark
from app.hazards.marking_dialog import Marking, MarkingDialog, Said
from app.hazards.marks_pane import MarkLine
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

_LAST = "checks/walked together"
_HINT = "√（已改好）按回车或 1　　×（没有改好）按 2 或 x　　没有看的空着，按 ↓ 跳过"


def open_recheck(
    parent: QWidget, register: CheckRegister, check: Check, sources: Sources
) -> MarkingDialog:
    """Open the 复检 column of a check: its faults nobody has found put right yet."""
    found = {one.point: one for one in register.found(check.uid)}
    lines = {}
    for one in register.waiting(check.uid):
        hazard = found.get(one.key)
        words = f"{hazard.place}：{hazard.what}" if hazard else one.text
        lines[one.key] = MarkLine(str(one.number), words, one.text)
    marking = Marking(
        f"录入复检：{check.number} {check.title}",
        (
            Field("on", "复检日期", "date", required=True),
            Field("by", "复检人员", "people", required=True),
        ),
        lines,
        ("序号", "初检打×的问题", "复检", "看到的情况"),
        Mark.FINE,
        Mark.FAULT,
        "看到的情况（可以不写）",
        _HINT,
    )

    def save(said: Said) -> None:
        register.recheck(check.uid, **said.head, results=said.marks, notes=said.notes)

    values = {"on": register.today(), "by": [register.store.sitter.name]}
    dialog = MarkingDialog(parent, marking, values=values, sources=sources, save=save)
    dialog.open()
    return dialog


def open_choice(
    parent: QWidget, register: CheckRegister, then: Callable[[Sequence[Checklist]], object]
) -> Sheet:
    """Ask which checklists are walked in one go; those of the last time are ticked."""
    last = register.store.recall(_LAST) or []
    forms = list(register.checklists.values())
    ticks = {form.id: QCheckBox(f"{form.title}（{len(form.points)}条）") for form in forms}
    grid = QGridLayout()
    grid.setHorizontalSpacing(t.L)
    a_line = 1 if t.is_large() else 2
    for number, (key, tick) in enumerate(ticks.items()):
        tick.setChecked(key in last)
        grid.addWidget(tick, *divmod(number, a_line))
    go = button("下一步", "primary")
    go.setDefault(True)

    def chosen() -> list[Checklist]:
        return [form for form in forms if ticks[form.id].isChecked()]

    def count() -> None:
        points = sum(len(form.points) for form in chosen())
        told.setText(f"选了 {len(chosen())} 张，共 {points} 条" if points else "请勾选走过的检查表")
        go.setEnabled(bool(chosen()))

    def take() -> None:
        register.store.remember(_LAST, [form.id for form in chosen()])
        picked = chosen()
        sheet.accept()
        then(picked)

    told = label("", "note")
    body = vbox(label("一次走了几处，勾上走过的检查表，记成一次检查。", wrap=True), grid)
    foot = (told, None, go, button("取消", press=lambda: sheet.reject()))
    sheet = Sheet(parent, "几张检查表一起", body, foot)
    for tick in ticks.values():
        tick.toggled.connect(count)
    go.clicked.connect(take)
    count()
    sheet.open()
    next(iter(ticks.values())).setFocus()
    return sheet
