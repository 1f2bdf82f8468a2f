"""The dialog that types a flow card back: eight boxes in the order of the sheet, keys only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.roles import Right
from app.hazards.card_pane import CardBox, closed_line, locked_line
from app.hazards.records import Hazard
from app.hazards.register import HazardRegister
from app.hazards.standing import Signature
from app.hazards.steps_dialog import step_form
from app.hazards.typed import PLAN_BOX, TypedStep, box_name, sign_card
from app.hazards.words import MAY_SKIP, STEPS, Step, Verdict
from app.ui import theme as t
from app.ui.asking import ask, tell
from app.ui.blanks import Sources
from app.ui.chain import enter, go_on, place_of
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, rule, vbox

_SKIP = Field("skip", "这一步", "many", choices=("无需",))
_PLAN = (
    Field("measures", "整改措施", width=90),
    Field("owner", "责任人", "person"),
    Field("due_on", "整改时限", "date"),
)
_NOT_ON_PAPER = ("photo",)
_KEYS = "按回车到下一空；没有签的一栏空着，按回车就到“保存”　Ctrl+S 保存"


class CardDialog(Sheet):
    """A flow card to be typed back; what is signed already stands locked above."""

    def __init__(
        self, parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
    ) -> None:
        self._register, self._hazard = register, hazard
        self._plan = CardBox(PLAN_BOX, _PLAN, sources)
        self._steps = _open_steps(register, hazard, sources)
        for key, one in self._plan.boxes.items():
            one.blank.put(getattr(hazard, key))
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._doubts = label("", "note", "soon", wrap=True)
        self._doubts.setObjectName("doubt")
        for said in (self._message, self._doubts):
            said.hide()
        self._save_button = button("保存", "primary", press=self._save)
        body = vbox(*self._parts(), self._doubts, self._message, gap=t.M)
        keys = label(_KEYS, "note", wrap=True)
        foot = ((keys, 1), self._save_button, button("取消", press=self.reject))
        super().__init__(parent, f"录入流转单 {hazard.number}", body, foot)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)
        self._before, self._given_plan = self._values(), self._plan.values()
        for box in (self._plan, *self._steps.values()):
            for blank in box.blanks():
                blank.edited.connect(self._look)
        QTimer.singleShot(0, self, self._begin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on from blank to blank, and past a box left empty to 保存."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        for step, box in self._steps.items():
            is_here = place_of(box.blanks()[:1], at) is not None
            if is_here and not box.is_typed() and not self._is_later_typed(step):
                self._save_button.setFocus()
                return
        if go_on(self._blanks(), at):
            self._show_focus()
        else:
            self._save_button.setFocus()

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was typed."""
        if self._values() == self._before:
            super().reject()
            return
        ask(
            self,
            "这张流转单还没有保存，要放弃吗？",
            yes="放弃",
            no="继续填写",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _parts(self) -> list[Any]:
        """Return the card from its top: what is wrong, the plan, the eight boxes."""
        hazard = self._hazard
        place = f"{hazard.place}：" if hazard.place else ""
        head = label(f"{place}{hazard.what}（{hazard.grade}）", wrap=True)
        parts: list[Any] = [head, rule(), self._plan]
        signed = {record.step: record for record in self._register.steps(hazard.uid)}
        waiting = STEPS.index(Step(str(hazard.step)))
        for number, step in enumerate(STEPS):
            parts.append(rule())
            if number < waiting:
                parts.append(locked_line(step, signed.get(step)))
            elif step in self._steps:
                parts.append(self._steps[step])
            else:
                parts.append(closed_line(step))
        return parts

    def _begin(self) -> None:
        boxes = [box.blanks()[0] for box in self._steps.values()]
        if boxes:
            enter(boxes[0])
            self._show_focus()

    def _show_focus(self) -> None:
        area, at = self.findChild(QScrollArea), self.focusWidget()
        if area is not None and at is not None:
            area.ensureWidgetVisible(at, 0, 3 * t.row())

    def _blanks(self) -> list[Any]:
        return [b for box in (self._plan, *self._steps.values()) for b in box.blanks()]

    def _values(self) -> list[Any]:
        return [blank.value() for blank in self._blanks()]

    def _is_later_typed(self, step: Step) -> bool:
        return any(
            box.is_typed()
            for other, box in self._steps.items()
            if STEPS.index(other) > STEPS.index(step)
        )

    def _look(self) -> None:
        """Say what looks wrong, which stops nobody."""
        found: list[str] = []
        plan: Any = {k: v for k, v in self._plan.values().items() if v}
        if not isinstance(plan.get("due_on", date.min), date):
            plan.pop("due_on")
        for step, box in self._steps.items():
            said = box.values()
            if said.get("by") and isinstance(said.get("on"), date):
                signature = Signature(step, _name(said["by"]), said["on"])
                found += self._register.doubts(self._hazard.uid, signature, **plan)
        text = "\n".join(found)
        if text != self._doubts.text():
            self._doubts.setText(text)
            self._doubts.setVisible(bool(text))
            self._fit_soon()

    def _save(self) -> None:
        for box in (self._plan, *self._steps.values()):
            box.clear_faults()
        typed_boxes = [box for box in self._steps.values() if box.is_typed()]
        for box in (self._plan, *typed_boxes):
            if (blank := box.first_fault()) is not None:
                self._say(f"“{box.name}”这一栏没有填好，一步也没有签。")
                self._go_to(blank)
                return
        typed = [_typed(step, box.values()) for step, box in self._steps.items() if box.is_typed()]
        try:
            sign_card(
                self._register,
                self._hazard.uid,
                typed,
                plan=self._changed_plan(),
                seen=self._hazard.rev,
            )
        except UserError as error:
            self._say("".join(filter(None, (error.what, error.safe, error.do))))
            self._point_at(error.what)
            return
        self.accept()

    def _changed_plan(self) -> Mapping[str, Any]:
        """Return the plan if it was changed; a blank nobody touched keeps what the ledger has."""
        said = self._plan.values()
        if said == self._given_plan:
            return {}
        given, hazard = self._given_plan, self._hazard
        return {k: getattr(hazard, k) if v == given[k] else v for k, v in said.items()}

    def _point_at(self, fault: str) -> None:
        for box in (self._plan, *self._steps.values()):
            if fault.startswith(f"“{box.name}”"):
                box.blame(fault.split("：", 1)[1])
                named = [b.blank for b in box.boxes.values() if f"“{b.field.label}”" in fault]
                is_day = "日期" in fault and "on" in box.boxes
                first = box.boxes["on"].blank if is_day else box.blanks()[0]
                self._go_to(named[0] if named else first)

    def _go_to(self, blank: Any) -> None:
        def show_it() -> None:
            enter(blank)
            self._show_focus()

        QTimer.singleShot(0, self, show_it)

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        self._fit_soon()

    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self.fit)


def open_card(
    parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
) -> CardDialog | None:
    """Open the flow card of a hazard; one that is closed or 挂账 says so instead."""
    if hazard.step is None:
        tell(
            parent, f"{hazard.number}已经销账，没有要录的步骤。", detail="又出现了，请用“回头看”。"
        )
        return None
    if hazard.is_shelved:
        tell(parent, f"{hazard.number}正在挂账，不能录步骤。", detail="请先解除挂账，再接着办。")
        return None
    if not _may_open(register, Step(hazard.step)):
        closing = hazard.step in (Step.ACCEPT, Step.CLOSE)
        register.store.sitter.demand(Right.SIGN if closing else Right.EDIT_HAZARDS)
    dialog = CardDialog(parent, register, hazard, sources)
    dialog.open()
    return dialog


def _may_open(register: HazardRegister, step: Step) -> bool:
    right = Right.SIGN if step in (Step.ACCEPT, Step.CLOSE) else Right.EDIT_HAZARDS
    return register.store.sitter.may(right)


def _open_steps(register: HazardRegister, hazard: Hazard, sources: Sources) -> dict[Step, CardBox]:
    """Return the boxes that may be typed now: from the step that waits to the last."""
    grades = register.grades.scheme().words

    def fields(step: Step) -> tuple[Field, ...]:
        return _fields(step, step_form(step, grade=hazard.grade, grades=grades))

    found = {}
    for step in STEPS[STEPS.index(Step(str(hazard.step))) :]:
        if not _may_open(register, step):
            break
        found[step] = box = CardBox(box_name(step), fields(step), sources)
        if "grade" in box.boxes:
            box.boxes["grade"].blank.put(hazard.grade)
    return found


def _fields(step: Step, form: Form) -> tuple[Field, ...]:
    """Return the blanks of a box: those of the step's own dialog, each in one line."""
    fields = [field for field in form.fields if field.key not in _NOT_ON_PAPER]
    fields = [replace(f, kind="text", width=90) if f.kind == "long" else f for f in fields]
    fields = [replace(f, kind="person") if f.kind == "people" else f for f in fields]
    if step in MAY_SKIP:
        fields.insert(2, _SKIP)
    return tuple(fields)


def _typed(step: Step, said: Mapping[str, Any]) -> TypedStep:
    return TypedStep(
        step,
        _name(said["by"]),
        said["on"],
        words=said.get("words") or "",
        is_skipped=bool(said.get("skip")),
        verdict=said.get("verdict"),
        facts={key: said[key] for key in ("grade", "to", "how") if said.get(key)},
        due_on=said.get("due_on") if said.get("verdict") == Verdict.FAILED else None,
    )


def _name(by: str | list[str]) -> str:
    return by if isinstance(by, str) else "、".join(by)
