"""What stands beside the list of checks: the hazards one found, and its points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from app.core.values import show
from app.hazards.checks.reading import Found
from app.hazards.checks.rechecks import Second
from app.hazards.checks.records import Check, Recheck
from app.hazards.checks.rules import Mark
from app.hazards.checks.walks import headed
from app.hazards.rows_pane import LOOKS
from app.hazards.words import Step
from app.ui import theme as t
from app.ui.widgets import Pill, button, hbox, label, vbox

_TONES = {Mark.FINE: "done", Mark.FAULT: "late", Mark.NOT_HERE: "plain"}


def rechecked(rechecks: Sequence[Recheck]) -> str:
    """Say each second walk: when, who, how many faults were put right."""
    told = []
    for one in rechecks:
        marks = [said["mark"] for said in one.results]
        parts = [
            f"{word}{marks.count(mark)}条"
            for mark, word in ((Mark.FINE, "改好"), (Mark.FAULT, "没改好"))
            if mark in marks
        ]
        told.append(f"{show(one.rechecked_on)} {one.rechecked_by}：{'，'.join(parts)}")
    return "\n".join(told)


def found_part(
    check: Check,
    found: Sequence[Found],
    seconds: Mapping[str, Second],
    *,
    go: Callable[[str], object],
    accept: Callable[[str], object] | None,
) -> QLayout:
    """Return the hazards a check found; a press leads to one in the ledger.

    What a second walk found put right and only waits for its 验收 is offered to ``accept``.
    """
    if not check.faults:
        return vbox(label("没有问题。", "note"))
    parts: list[QLayout] = []
    for one in found:
        link = button(one.number, "link", press=partial(go, one.uid))
        link.setToolTip("到台账里看这条隐患")
        head = hbox(link, None, Pill(one.status, *LOOKS[one.status]))
        lines: list[QWidget | QLayout] = [head, label(f"{one.place}：{one.what}", wrap=True)]
        if second := seconds.get(one.point):
            lines.append(_second(one, second, accept))
        parts.append(vbox(*lines, gap=2))
    if gone := check.faults - len(found):
        parts.append(vbox(label(f"另有 {gone} 条隐患已经作废。", "note")))
    made: QLayout = vbox(*parts, gap=t.S)
    return made


def points_part(check: Check, seconds: Mapping[str, Second]) -> QLayout:
    """Return every point with its mark, as it read on the day."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(t.S)
    grid.setVerticalSpacing(t.XS)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for row, said in enumerate(check.results):
        grid.addWidget(label(said["mark"], tone=_TONES[Mark(said["mark"])]), row, 0, top)
        words = said["text"]
        if second := seconds.get(said["key"]):
            words += f"（复检{second.mark}）"
        grid.addWidget(label(headed(said.get("heading", ""), words), wrap=True), row, 1, top)
    return grid


def _second(one: Found, second: Second, accept: Callable[[str], object] | None) -> QLayout:
    """Return how a fault was found on the second walk, and what is to be done next."""
    is_fine = second.mark is Mark.FINE
    said = f"{show(second.on)}复检{second.mark}，{second.by}"
    if second.words:
        said += f"：{second.words}"
    if is_fine and one.step not in (Step.ACCEPT, Step.CLOSE, None):
        said += f"。台账上还等“{one.step}”，补签以后才能验收。"
    if not is_fine and one.step is None:
        said += "。台账上已经销账，请用“回头看”写反弹。"
    words = label(said, "note", "done" if is_fine else "late", wrap=True)
    if not (is_fine and one.step is Step.ACCEPT and accept):
        return hbox((words, 1))
    link = button("去验收", "link", press=partial(accept, one.uid))
    link.setAccessibleName(f"去验收{one.number}")
    return hbox((words, 1), link)
