"""按职务填写: what each post usually does, offered line by line and written only on a press."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.people.records import Staff
from app.people.register import StaffRegister
from app.people.rules import leads, usual_abilities
from app.ui.asking import tell
from app.ui.sheet import Sheet
from app.ui.tick_table import TickTable
from app.ui.widgets import button, label, vbox

_WIDTH, _HEIGHT = 760, 620
_SAID = (
    "这是按职务猜的，只给还没有填“能做什么”的人。不对的把勾去掉；按“填写”才写进名单，"
    "以后可以一位一位改，也可以撤销。"
)


def open_guess(parent: QWidget, register: StaffRegister) -> Sheet | None:
    """Offer what the posts usually do; None where there is nobody left to guess for."""
    offered = [(one, able) for one in register.everybody() if (able := _offered(one))]
    if not offered:
        tell(
            parent,
            "没有可以按职务填写的人。",
            detail="每位能做什么都已经填过，或者职务里看不出来；请选中一位，按“改正”来填。",
        )
        return None
    table = TickTable(
        ("姓名", "职务", "能做什么"),
        [(one.uid, (one.name, one.post or one.kind, _words(one, able))) for one, able in offered],
        name="按职务填写",
    )
    able_of = {one.uid: able for one, able in offered}
    leaders = {one.uid for one, _able in offered if _leads(one)}

    def write() -> None:
        register.say_abilities({uid: able_of[uid] for uid in table.ticked()}, leaders=leaders)
        sheet.accept()

    go = button("填写", "primary", press=write)

    def say(count: int) -> None:
        go.setText(f"填写{count}位")
        go.setEnabled(count > 0)

    table.counted.connect(say)
    sheet = Sheet(
        parent,
        "按职务填写",
        vbox(label(_SAID, "note", wrap=True), (table, 1)),
        (
            button("全选", "link", press=lambda: table.tick_all(is_on=True)),
            button("全不选", "link", press=lambda: table.tick_all(is_on=False)),
            None,
            go,
            button("取消", press=lambda: sheet.reject()),
        ),
        width=_WIDTH,
        height=_HEIGHT,
    )
    table.count()
    sheet.open()
    return sheet


def _offered(one: Staff) -> tuple[str, ...]:
    return () if one.abilities else usual_abilities(one.post or "", one.sex or "", one.kind)


def _leads(one: Staff) -> bool:
    return not one.is_outside and leads(one.post or "")


def _words(one: Staff, able: tuple[str, ...]) -> str:
    said = "、".join(able)
    return f"{said}；是带班领导" if _leads(one) and not one.is_leader else said
