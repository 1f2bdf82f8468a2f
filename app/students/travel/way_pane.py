"""How one pupil's way stands in the list and beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.pinyin import search_text
from app.core.values import show
from app.students.travel.lines import SAID, UNSAID, TravelLine
from app.students.travel.rules import Flag
from app.ui.details import Part, facts
from app.ui.pages import Row
from app.ui.widgets import Shape, hbox, label, vbox

WAITING, LAW, HINT = "waiting", "law", "hint"


def flag_part(flag: Flag) -> QWidget:
    """Show what is to be talked about, and the clause."""
    tone = "late" if flag.is_law else "soon"
    made = QWidget()
    words = vbox(
        label(flag.what, tone=tone, wrap=True), label(flag.basis, "note", wrap=True), gap=0
    )
    made.setLayout(hbox(Shape("late" if flag.is_law else "soon", tone), (words, 1)))
    return made


def _ways(line: TravelLine) -> str:
    way = line.way
    if way is None or way.from_mode == way.to_mode:
        return way.to_mode if way else ""
    return f"{way.to_mode}，放学{way.from_mode}"


def _advice(line: TravelLine) -> tuple[str, str, str] | None:
    if any(flag.is_law for flag in line.flags):
        return "要劝导", "late", "late"
    return ("看一看", "dot", "soon") if line.flags else None


def row_of(line: TravelLine) -> Row:
    """Return one pupil as the list shows one."""
    pupil, way = line.pupil, line.way
    looks = {SAID: ("已登记", "done", "done"), UNSAID: ("没有登记", "none", "soon")}
    tags = {
        WAITING: not line.is_said,
        SAID: line.is_said,
        LAW: any(flag.is_law for flag in line.flags),
        HINT: bool(line.flags),
    }
    cells = (
        looks.get(line.source, ("待确认", "soon", "soon")),
        pupil.class_name,
        pupil.seat_no,
        pupil.name,
        _ways(line),
        way.escort if way else "",
        _advice(line),
        "；".join(flag.what for flag in line.flags),
    )
    return Row(
        pupil.uid,
        cells,
        search=f"{search_text(pupil.name)} {way.plate if way else ''}",
        tags=frozenset(tag for tag, is_so in tags.items() if is_so),
        facets={
            "grade": pupil.grade,
            "class": pupil.class_name,
            "to": way.to_mode if way else "",
            "danger": tuple(way.dangers) if way else (),
        },
    )


def way_parts(line: TravelLine) -> list[tuple[str, Part]]:
    """Return what is known of one pupil's way, and what the law says of it."""
    way = line.way
    known = facts(
        (
            ("登记", line.source if line.is_said or not way else f"{line.source}，等确认"),
            ("上学", way.to_mode if way else ""),
            ("放学", way.from_mode if way else ""),
            ("接送人", way.escort if way else ""),
            ("里程", f"{show(way.km)} 公里" if way and way.km is not None else ""),
            ("途中险点", show(way.dangers) if way else ""),
            ("车牌", way.plate if way else ""),
            ("出生日期", show(line.pupil.born_on)),
        )
    )
    parts: list[tuple[str, Part]] = [("上下学", known)]
    if line.flags:
        parts.append(("要注意", vbox(*map(flag_part, line.flags))))
    return parts
