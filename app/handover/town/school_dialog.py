"""What the town writes down of a school: that its signature was compared, its area, its phone."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from app.core.forms import Field, Form
from app.handover.town.register import TownRegister
from app.ui.asking import ask
from app.ui.editor import FormEditor

_BLANKS = (Field("area", "片区", "text"), Field("phone", "安全员电话", "text"))


def open_trust(parent: QWidget, register: TownRegister, uid: str) -> QMessageBox:
    """Show the sixteen characters, and write down that they were compared."""
    school = register.school(uid)
    return ask(
        parent,
        f"请打电话给“{school.name}”，让对方念“报送”里的十六个字符：",
        yes="核对过了，一样",
        no="以后再核对",
        detail=f"{register.fingerprint(uid)}\n\n"
        "对不上，说明文件不是这所学校的电脑生成的，请不要用它。",
        then=lambda: register.trust(uid),
    )


def open_school(parent: QWidget, register: TownRegister, uid: str) -> FormEditor:
    """Ask in which part of the town a school lies, and whom to call."""
    school = register.school(uid)

    def save(said: dict[str, str | None]) -> None:
        register.correct(uid, area=said["area"] or "", phone=said["phone"] or "")

    form = Form("town_school", f"片区和电话：{school.name}", _BLANKS)
    editor = FormEditor(form, save, parent, {"area": school.area, "phone": school.phone})
    editor.open()
    return editor
