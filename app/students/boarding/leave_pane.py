"""What is shown beside the list of one leave: when, with whom, who answers for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.core.values import show
from app.students.boarding.leave_lines import LABELS, LeaveLine
from app.students.boarding.leaves import LeaveRegister
from app.students.boarding.records import SEALED, Leave
from app.students.boarding.rules import State
from app.ui import theme as t
from app.ui.delegates import HIDDEN
from app.ui.details import Part, facts
from app.ui.history import HistoryPane
from app.ui.widgets import Pill, Shape, button, hbox, icon_label, label, vbox

LOOKS: Mapping[State, tuple[str, str]] = {
    State.LATE: ("late", "late"),
    State.OUT: ("work", "soon"),
    State.ASKED: ("soon", "soon"),
    State.GRANTED: ("check", "accent"),
    State.BACK: ("done", "done"),
    State.OVER: ("hold", "plain"),
}


def pill(line: LeaveLine) -> tuple[str, str, str]:
    """Return how a leave stands, as word, shape and tone; a late return stays red."""
    if line.state is State.BACK and line.late:
        return "晚返", "late", "late"
    return (str(line.state), *LOOKS[line.state])


def head(line: LeaveLine) -> list[Part]:
    """Return whom it is about, how it stands, and by how much one is late."""
    top: list[Part] = [
        hbox(
            label(line.pupil.name, "h1"),
            label(line.pupil.class_name, "note"),
            None,
            Pill(*pill(line)),
        )
    ]
    if line.late:
        said = f"应在{show(line.back_by)}返校，{line.late}。"
        if line.state is State.LATE:
            said += "请马上打电话问清楚。"
        top.append(hbox(Shape("late", "late"), (label(said, tone="late", wrap=True), 1)))
    if line.state is State.OVER:
        said = f"这名学生{line.left}，这张请假条随着结束，不用销假。"
        top.append(label(said, "note", wrap=True))
    return top


def moments(leave: Leave, line: LeaveLine) -> Part:
    """Return what is in sight without the eye."""
    called = f"{show(leave.called_at)}电话确认" if leave.called_at else "还没有电话确认"
    checked = {True: "核对过", False: "没有核对", None: ""}[leave.id_checked]
    return facts(
        (
            ("编号", leave.number),
            ("类别", leave.kind),
            ("离校时间", show(leave.from_at)),
            ("预计返校", show(leave.back_by)),
            ("去向", leave.place or ""),
            ("宿舍床位", line.place.said()),
            ("家长", called),
            ("证件", checked),
            ("班主任", leave.teacher),
            ("带班领导", leave.leader or ""),
            ("批准人", leave.granted_by or "还没有批准"),
            ("实际离校", show(leave.left_at)),
            ("返校时间", show(leave.returned_at)),
            ("销假人", leave.ended_by or ""),
        )
    )


def sealed_part(opened: Mapping[str, str] | None, look: Callable[[], object] | None) -> Part:
    """Return the reason and who fetched the pupil; ●●● until they are opened."""
    pairs: list[tuple[str, str | Part]] = []
    for key in SEALED:
        if opened is None:
            covered = label(HIDDEN, "note", "seal")
            covered.setAccessibleName(f"{LABELS[key]}已盖住")
            pairs.append((LABELS[key], hbox(icon_label("lock", t.SEAL), covered, None, gap=t.XS)))
        else:
            pairs.append((LABELS[key], label(opened[key] or "没有填", tone="seal", wrap=True)))
    shown = facts(pairs)
    if opened is not None or look is None:
        return shown
    return vbox(shown, hbox(button("看这一条", "link", "eye", look), None), gap=t.XS)


def story(register: LeaveRegister, uid: str) -> QWidget:
    """Return what was done to this slip; of sealed facts only that they changed."""
    return HistoryPane(register.store, uid, LABELS, sealed=frozenset(SEALED))


def parts(
    register: LeaveRegister,
    line: LeaveLine,
    opened: Mapping[str, str] | None,
    look: Callable[[], object] | None,
) -> Sequence[tuple[str, Part]]:
    """Return the parts of the pane."""
    return [
        ("请假", moments(register.get(line.uid), line)),
        ("保密栏", sealed_part(opened, look)),
        ("改动历史", story(register, line.uid)),
    ]
