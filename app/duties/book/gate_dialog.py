"""The dialog of the gate: who came, by keys, in the order of the roster and of the paper sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field
from app.core.pinyin import search_text
from app.duties.book.gates import LABELS, GateRegister
from app.duties.book.marking_dialog import Line, MarkingDialog
from app.duties.book.records import GateCheck
from app.duties.book.rules import GATE_KEYS, Mark, turnout
from app.duties.book.shifts import Shift
from app.ui import theme as t
from app.ui.blanks import Offer, Offers, Sources

_LOOKS_BACK = timedelta(days=7)
_HEAD = (
    Field("duty_on", LABELS["duty_on"], "date", required=True),
    Field("post", LABELS["post"], required=True),
    Field("all_came", "大家几点到岗", "time"),
    Field("all_left", "大家几点离岗", "time"),
    Field("handling", LABELS["handling"], width=60),
    Field("checked_by", LABELS["checked_by"], "person"),
    Field("more", "加一个人（顶岗的）", "person"),
)
_BELOW = (
    Field("came", "这个人几点到岗", "time"),
    Field("left", "几点离岗", "time"),
    Field("words", "说明", width=60),
)
_ASKS = {Mark.LATE: "came", Mark.MISSING: "words", Mark.LEFT: "left"}


class GateDialog(MarkingDialog):
    """A shift at the gate to be entered or put right."""

    hint = "到岗 按回车或 1　　迟到 按 2　　缺岗 按 3　　脱岗 按 4　　其余都到岗 按 a"
    titles = (
        *(("姓名", 6.0), ("记号", 3.8), ("身份", 5.5)),
        *(("到岗", 4.0), ("离岗", 4.0), ("说明", 0.0)),
    )
    later = "记好以后，在这里写到岗、离岗时间和说明。"
    keys = {key: str(mark) for key, mark in GATE_KEYS.items()}  # noqa: RUF012 - told once for all
    tones = {  # noqa: RUF012 - told once for all
        Mark.HERE: t.DONE,
        Mark.LATE: t.SOON,
        Mark.MISSING: t.LATE,
        Mark.LEFT: t.LATE,
    }
    usual = str(Mark.HERE)

    def __init__(
        self,
        parent: QWidget,
        register: GateRegister,
        people: Sequence[str],
        save: Callable[..., object],
        *,
        title: str,
        values: Mapping[str, Any],
        lines: Sequence[Line],
        again: str = "",
    ) -> None:
        self.title = title
        self._register, self._write = register, save
        self._shown: tuple[Any, ...] = ()
        names = [Offer(name, name, search_text(name)) for name in people]
        today = register.today()
        shifts = register.shifts(today - _LOOKS_BACK, today)
        posts = list(dict.fromkeys(one.post for one in shifts))
        lists: dict[str, Offers] = {"person": lambda: names, "post": lambda: posts}
        sources = Sources(lists=lists, today=register.today)
        self._is_new = bool(again)
        super().__init__(parent, _HEAD, _BELOW, lines, sources, values, again=again)
        for key in ("duty_on", "post"):
            self.head_blank(key).edited.connect(self._look)

    def cells(self, line: Line) -> tuple[str, ...]:
        """Return a person, the mark, and when they came and left."""
        kind = "顶岗" if line.get("extra") else line.get("kind") or ""
        times = [_clock(line.get(key)) for key in ("came", "left")]
        return (line["name"], line.get("mark", ""), kind, *times, line.get("words") or "")

    def asks(self, mark: str) -> str:
        """Ask when somebody came late or left too early, and why nobody came."""
        return _ASKS[Mark(mark)] if mark in _ASKS else ""

    def shows(self, mark: str) -> bool:
        """Let times be typed of whoever has a mark."""
        return bool(mark)

    def said(self) -> str:
        """Return the numbers of the sheet, and how many are too few."""
        found, heads = turnout(self._lines), self._heads()
        short = f"，少于至少{heads}人" if found.there < heads else ""
        return found.said() + short

    def keep(self, head: dict[str, Any], lines: list[Line]) -> None:
        """Write the shift down; who came on time came when all came."""
        self._add_typed()
        lines = self._lines
        head.pop("more")
        came, left = head.pop("all_came"), head.pop("all_left")
        kept = []
        for line in lines:
            one = dict(line)
            if one.get("mark") != Mark.MISSING:
                one["came"] = one.get("came") or (came if one.get("mark") != Mark.LATE else None)
                one["left"] = one.get("left") or (left if one.get("mark") != Mark.LEFT else None)
            kept.append(one)
        self._write(heads=self._heads(), lines=kept, **head)

    def entered(self, key: str) -> None:
        """Put one person more on the sheet when the name is typed."""
        if key == "more":
            self._add_typed()

    def _add_typed(self) -> None:
        name = self.head_blank("more").value()
        if name and all(line["name"] != name for line in self._lines):
            line = {"name": name, "mark": str(Mark.HERE), "extra": True}
            self._lines.append(line)
            self.add_line(line)
            self._show_count()
        self.head_blank("more").put(None)

    def follow(self) -> tuple[Mapping[str, Any], Sequence[Line]] | None:
        """Return the next shift at the gate that is not written down."""
        shift = self._register.next_shift(self._register.today() - _LOOKS_BACK)
        if shift is None:
            return None
        return _values_of(shift) | {"checked_by": self.head_blank("checked_by").value()}, _lines_of(
            shift
        )

    def begin(self, values: Mapping[str, Any], lines: Sequence[Line]) -> None:
        """Put a shift on the screen."""
        self._shown = (values.get("duty_on"), values.get("post"))
        super().begin(values, lines)
        self._say_shift()

    def _shift(self) -> Shift | None:
        on, post = (self.head_blank(key).value() for key in ("duty_on", "post"))
        if not isinstance(on, date) or not post:
            return None
        return next((one for one in self._register.shifts(on, on) if one.post == post), None)

    def _heads(self) -> int:
        shift = self._shift()
        return shift.heads if shift else 0

    def _look(self) -> None:
        """Take the people of another shift, once day and post name one."""
        shift = self._shift()
        shown = (shift.on, shift.post) if shift else ()
        if self._is_new and shift and shown != self._shown:
            self._shown = shown
            self.put_lines(_lines_of(shift))
        self._say_shift()
        self._show_count()

    def _say_shift(self) -> None:
        shift = self._shift()
        if shift is None:
            self.say("值班表里没有这个岗，在“加一个人”里逐个写上姓名。")
        else:
            self.say(f"值班表：{shift.post} {shift.hours}，至少{shift.heads}人")


def open_gate(
    parent: QWidget,
    register: GateRegister,
    people: Sequence[str],
    then: Callable[[str], object],
) -> GateDialog:
    """Enter who was at the gate: the oldest shift not written down is proposed."""
    shift = register.next_shift(register.today() - _LOOKS_BACK)

    def save(**said: Any) -> None:
        then(register.enter(**said).uid)

    dialog = GateDialog(
        parent,
        register,
        people,
        save,
        title="登记护学岗到岗",
        values=_values_of(shift) if shift else {"duty_on": register.today()},
        lines=_lines_of(shift) if shift else [],
        again="保存并录下一个",
    )
    dialog.open()
    return dialog


def open_gate_again(
    parent: QWidget, register: GateRegister, people: Sequence[str], found: GateCheck
) -> GateDialog:
    """Put right who was at the gate."""

    def save(**said: Any) -> None:
        said["heads"] = said["heads"] or found.heads
        register.correct(found.uid, seen=found.rev, **said)

    keys = ("duty_on", "post", "handling", "checked_by")
    dialog = GateDialog(
        parent,
        register,
        people,
        save,
        title=f"更正到岗登记 {found.number}",
        values={key: getattr(found, key) for key in keys},
        lines=[_timed(line) for line in found.lines],
    )
    dialog.open()
    return dialog


def _values_of(shift: Shift) -> dict[str, Any]:
    return {"duty_on": shift.on, "post": shift.post}


def _lines_of(shift: Shift) -> list[Line]:
    kinds = [*shift.kinds, *[""] * len(shift.people)]
    return [
        {"name": name, "kind": kind, "mark": ""}
        for name, kind in zip(shift.people, kinds, strict=False)
    ]


def _timed(line: Mapping[str, Any]) -> Line:
    found = dict(line)
    for key in ("came", "left"):
        if found.get(key):
            found[key] = time.fromisoformat(found[key])
    return found


def _clock(at: Any) -> str:
    return f"{at:%H:%M}" if isinstance(at, time) else ""
