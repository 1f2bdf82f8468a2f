"""The dialogs of 回头看 for many: the time they were closed in, and each one marked by a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.values import show
from app.hazards.looking import Closed, look_back_at, not_looked_back
from app.hazards.marking_dialog import Marking, MarkingDialog, Said
from app.hazards.marks_pane import MarkLine
from app.hazards.register import HazardRegister
from app.hazards.words import LookBack
from app.ui.asking import tell
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

_DAYS_BACK = 90  # what the first day of the time is proposed as; anybody may set another
_HINT = "保持按回车或 1　　反弹按 2 或 x　　没有去看的空着，按 ↓ 跳过"


def open_look_back(
    parent: QWidget,
    register: HazardRegister,
    closed: Sequence[Closed],
    sources: Sources,
    title: str,
    done: Callable[[str], object] | None = None,
) -> MarkingDialog | None:
    """Open the list of closed hazards to be looked back at; ``done`` hears one that came back."""
    if not closed:
        tell(parent, "没有要回头看的：已销账的都看过了。")
        return None
    lines = {
        one.uid: MarkLine(
            str(number),
            f"{one.place}：{one.what}" if one.place else one.what,
            f"{one.number}，{show(one.closed_on)}销账，责任人{one.owner or '没有写明'}",
        )
        for number, one in enumerate(closed, start=1)
    }
    marking = Marking(
        f"回头看：{title}",
        (
            Field("on", "查看日期", "date", required=True),
            Field("by", "查看人", "person", required=True),
        ),
        lines,
        ("序号", "已经销账的隐患", "结果", "看到的情况"),
        LookBack.HELD,
        LookBack.REBOUNDED,
        "看到的情况（可以不写）",
        _HINT,
    )

    def save(said: Said) -> None:
        again = look_back_at(register, **said.head, found=said.marks, notes=said.notes)
        if again and done is not None:
            done(again[0].uid)

    values = {"on": register.today(), "by": register.store.sitter.name}
    dialog = MarkingDialog(parent, marking, values=values, sources=sources, save=save)
    dialog.open()
    return dialog


def open_period(
    parent: QWidget,
    register: HazardRegister,
    sources: Sources,
    done: Callable[[str], object] | None = None,
) -> FormEditor:
    """Ask in which time they were closed, then open the list of them."""
    fields = (
        Field("first", "销账从", "date", required=True),
        Field("last", "到", "date", required=True),
    )

    def go(said: dict[str, Any]) -> None:
        if said["last"] < said["first"]:
            raise UserError("“到”早于“销账从”。", do="请改日期。")
        closed = not_looked_back(register.store, **said)
        if not closed:
            raise UserError("这段时间销账的，都回头看过了。", do="请换一段时间。")
        title = f"{show(said['first'])}至{show(said['last'])}销账的{len(closed)}条"
        editor.accepted.connect(
            lambda: open_look_back(parent, register, closed, sources, title, done)
        )

    today = register.today()
    values = {"first": today - timedelta(days=_DAYS_BACK), "last": today}
    form = Form("look_back_period", "回头看：哪段时间销账的", fields)
    editor = FormEditor(form, go, parent, values, sources=sources, word="下一步")
    editor.open()
    return editor
