"""The rows of the ways to school: pupil by pupil, the sheet, who is to be talked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.students.travel.rules import COLUMNS, Mode, Sums, check_line

if TYPE_CHECKING:
    from app.students.travel.lines import TravelLine
    from app.students.travel.register import TravelRegister

LIST_KEYS = (
    *("uid", "grade", "class_name", "seat_no", "name", "to_mode", "from_mode", "escort"),
    *("source", "flagged"),
)
TABLE_KEYS = ("grade", "room")
_KEYS = ("walk", "bicycle", "motor", "car", "bus", "school_bus", "van", "others")


def of(register: TravelRegister) -> dict[str, View]:
    """Return the views by name."""

    def listed(where: Filter) -> list[Row]:
        return keep(map(travel_row, register.lines()), where, LIST_KEYS)

    def flagged(where: Filter) -> list[Row]:
        rows = (travel_row(line) for line in register.lines() if line.flags)
        return keep(rows, where, LIST_KEYS)

    def on_the_bus(where: Filter) -> list[Row]:
        rows = [_bus_row(line) for line in register.lines() if _rides(line)]
        rows.sort(key=lambda row: row["plate"])
        return keep(rows, where, (*LIST_KEYS, "plate"))

    def table(where: Filter) -> list[Row]:
        lines = register.lines()
        plates: dict[tuple[str, str], list[str]] = {}
        for line in lines:
            if line.way and line.is_said and line.way.plate:
                grade = line.pupil.grade
                for room in (line.pupil.class_name, f"{grade}小计"):
                    plates.setdefault((grade, room), []).append(line.way.plate)
                plates.setdefault(("全校", "全校合计"), []).append(line.way.plate)
        rows = (
            table_row(sums, plates.get((sums.grade, sums.room), [])) for sums in register.table()
        )
        return keep((row | {"term": register.term().name} for row in rows), where, TABLE_KEYS)

    return {"list": listed, "flags": flagged, "bus": on_the_bus, "table": table}


def travel_row(line: TravelLine) -> Row:
    """Return one pupil's way as lists and papers show it."""
    pupil, way = line.pupil, line.way
    born = pupil.born_on
    return {
        "uid": pupil.uid,
        "grade": pupil.grade,
        "class_name": pupil.class_name,
        "seat_no": pupil.seat_no,
        "name": pupil.name,
        "born_on": born,
        "to_mode": way.to_mode if way else None,
        "from_mode": way.from_mode if way else None,
        "escort": way.escort if way else None,
        "km": way.km if way else None,
        "dangers": show(way.dangers) if way else None,
        "plate": way.plate if way else None,
        "source": line.source,
        "flagged": bool(line.flags),
        "flags": "；".join(flag.what for flag in line.flags),
        "talk": None,
        "basis": "；".join(dict.fromkeys(flag.basis for flag in line.flags if flag.basis)),
    }


def _rides(line: TravelLine) -> bool:
    """Say whether a pupil takes the school bus at least one way."""
    return line.way is not None and Mode.SCHOOL_BUS in (line.way.to_mode, line.way.from_mode)


def _bus_row(line: TravelLine) -> Row:
    """Return a rider as the minder's list names one; the stop and the signature are for the pen."""
    said = {"guardian": line.pupil.guardian1, "phone": line.pupil.phone1}
    row = travel_row(line) | said | {"stop": None, "agreed": None}
    return row | {"plate": row["plate"] or "没有登记车牌"}


def table_row(sums: Sums, plates: list[str]) -> Row:
    """Return one line of the sheet; the plates of hired vans stand beside their number."""
    row: Row = dict(zip(_KEYS, (sums.numbers[name] for name in COLUMNS), strict=True))
    known = "、".join(dict.fromkeys(plates))
    return row | {
        "grade": sums.grade,
        "room": sums.room,
        "pupils": sums.pupils,
        "total": sums.total,
        "check": check_line(sums).removesuffix("没有登记"),
        "plates": known,
        "sign": None,
    }
