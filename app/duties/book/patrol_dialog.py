"""The dialog of a round: the points of the school ticked by keys, one round after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.duties.book.marking_dialog import Line, MarkingDialog
from app.duties.book.patrols import LABELS, PatrolRegister
from app.duties.book.records import DutyPatrol
from app.duties.book.rules import CLOSED, FAULT, FINE, ROUND_KEYS
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor
from app.ui.widgets import hbox, label

_HEAD = (
    Field("walked_on", LABELS["walked_on"], "date", required=True),
    Field("began_at", LABELS["began_at"], "time", required=True),
    Field("ended_at", LABELS["ended_at"], "time"),
    Field("people", LABELS["people"], "people", required=True),
    Field("handling", "处置情况（可以不填）", width=60),
)
_BELOW = (Field("what", "这里发现了什么", required=True, width=120),)


class RoundDialog(MarkingDialog):
    """A round to be entered or put right."""

    hint = "正常 按回车或 1　　有问题 按 2 或 x　　没走到、关着 按 3 或 /　　其余都正常 按 a"
    titles = (("点位", 16.0), ("记号", 3.8), ("发现的问题", 0.0))
    later = "记“有问题”以后，在这里写看到了什么。"
    keys = ROUND_KEYS
    tones = {FINE: t.DONE, FAULT: t.LATE, CLOSED: t.SOFT}  # noqa: RUF012 - told once for all
    usual = FINE

    def __init__(
        self,
        parent: QWidget,
        register: PatrolRegister,
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
        names = [Offer(name, name, search_text(name)) for name in people]
        sources = Sources(lists={"people": lambda: names}, today=register.today)
        super().__init__(parent, _HEAD, _BELOW, lines, sources, values, again=again)
        self.head_blank("walked_on").edited.connect(self._look)
        self._look()

    def cells(self, line: Line) -> tuple[str, ...]:
        """Return the point, its mark and what was found."""
        return line["point"], line.get("mark", ""), line.get("what") or ""

    def asks(self, mark: str) -> str:
        """Ask for words where something was found."""
        return "what" if mark == FAULT else ""

    def said(self) -> str:
        """Return how many points were fine, and how many were not."""
        marks = [line["mark"] for line in self._lines]
        return f"{len(marks)}个点位，正常{marks.count(FINE)}，有问题{marks.count(FAULT)}"

    def keep(self, head: dict[str, Any], lines: list[Line]) -> None:
        """Write the round down."""
        results = {line["point"]: line.get("mark", "") for line in lines}
        faults = {
            line["point"]: {"what": line.get("what") or ""}
            for line in lines
            if line.get("mark") == FAULT
        }
        self._write(results=results, faults=faults or None, **head)

    def follow(self) -> tuple[Mapping[str, Any], Sequence[Line]]:
        """Return the next round of the same day, with the same people."""
        values = {key: self.head_blank(key).value() for key in ("walked_on", "people")}
        return values, _fresh(self._register)

    def begin(self, values: Mapping[str, Any], lines: Sequence[Line]) -> None:
        """Put a round on the screen."""
        super().begin(values, lines)
        self._look()

    def _look(self) -> None:
        """Say how many rounds the day has so far."""
        on = self.head_blank("walked_on").value()
        if not isinstance(on, date):
            self.say("")
            return
        rounds = self._register.between(on, on)
        at = "、".join(f"{one.began_at:%H:%M}" for one in rounds)
        least = self._register.least()
        said = f"这一天已经录了{len(rounds)}次（{at}）" if rounds else "这一天还没有录过巡逻"
        self.say(f"{said}，每天至少{least}次。")


def open_round(
    parent: QWidget,
    register: PatrolRegister,
    people: Sequence[str],
    then: Callable[[str], object],
) -> RoundDialog:
    """Enter a round; ``then`` hears its uid."""
    now, today = register.now(), register.today()

    def save(**said: Any) -> None:
        then(register.enter(**said).uid)

    dialog = RoundDialog(
        parent,
        register,
        people,
        save,
        title="录入巡逻",
        values={
            "walked_on": today,
            "began_at": time(now.hour, now.minute),
            "people": register.walkers(today) or None,
        },
        lines=_fresh(register),
        again="保存并录下一次",
    )
    dialog.open()
    return dialog


def open_round_again(
    parent: QWidget, register: PatrolRegister, people: Sequence[str], found: DutyPatrol
) -> RoundDialog:
    """Put a round right."""
    faults = found.faults or {}
    lines = [
        {"point": point, "mark": mark, "what": faults.get(point, {}).get("what")}
        for point, mark in found.results.items()
    ]

    def save(**said: Any) -> None:
        register.correct(found.uid, seen=found.rev, **said)

    keys = [field.key for field in _HEAD]
    dialog = RoundDialog(
        parent,
        register,
        people,
        save,
        title=f"更正巡逻 {found.number}",
        values={key: getattr(found, key) for key in keys},
        lines=lines,
    )
    dialog.open()
    return dialog


def open_points(parent: QWidget, register: PatrolRegister) -> FormEditor:
    """Ask by which points the school walks; an empty list goes back to the 重点部位."""

    def save(said: dict[str, Any]) -> None:
        register.set_points((said["points"] or "").splitlines())

    editor = FormEditor(
        Form("patrol_points", "巡逻点位", (Field("points", "点位，一行一个", "long"),)),
        save,
        parent,
        {"points": "\n".join(register.points())},
    )
    words = "空着就按“隐患台账 · 部位”里的重点部位走。已经录过的巡逻不变。"
    above = QWidget()
    above.setLayout(hbox((label(words, "note", wrap=True), 1), edge=(t.XL, t.S, t.XL, 0)))
    editor.put_on_top(above)
    editor.open()
    return editor


def _fresh(register: PatrolRegister) -> list[Line]:
    return [{"point": point, "mark": "", "what": None} for point in register.points()]
