"""The sample school: invented people and papers, so that one can look before entering anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from app.core.desk import Desk, SchoolFacts
from app.core.imports import Fate, Plan
from app.core.sheets import read_book
from app.hazards import Step, Verdict, plan_hazards
from app.house import House
from app.people import plan_staff
from app.students import plan_students

FACTS = SchoolFacts(
    name="云栖镇中心小学",
    code="YQ2026",
    kind="小学",
    boards=True,
    has_canteen=True,
    has_bus=True,
)
USER, PASSWORD = "样例老师", "yangli2026"

P = TypeVar("P", bound=Plan)


@dataclass(frozen=True)
class _Found:
    """What was found how many days ago, and the step that waits; closed if none does."""

    days_ago: int
    category: str
    area: str
    place: str
    what: str
    grade: str
    waits: Step | None


_FOUND = (
    _Found(12, "用电用气", "食堂", "食堂操作间", "燃气软管老化，没有金属保护", "重大", Step.WATCH),
    _Found(
        20, "校舍建筑", "教学楼", "教学楼东楼梯", "扶手两处焊点松动，用手可晃动", "一般", Step.TREAT
    ),
    _Found(9, "消防安全", "宿舍", "学生宿舍一楼", "应急灯两盏不亮", "一般", Step.TREAT),
    _Found(6, "体育设施/活动", "操场", "操场单杠", "地脚螺栓外露", "一般", Step.ACCEPT),
    _Found(16, "消防安全", "教学楼", "二楼走廊", "灭火器压力不足两具", "一般", None),
    _Found(4, "水域/防溺水", "上学路", "石桥下河湾", "没有警示牌和救生绳", "较大", Step.REPORT),
    _Found(2, "周边交通", "校门外", "校门口斜坡", "雨天湿滑，没有减速带", "一般", Step.ASSESS),
    _Found(
        1, "校舍建筑", "围墙/大门", "围墙西北角", "砖缝开裂约三米，向外倾斜", "较大", Step.ASSESS
    ),
)
_WORDS = {
    Step.ASSESS: "现场看过，要尽快整改",
    Step.REPORT: "已电话报告中心学校",
    Step.WATCH: "拉警戒线，课间有老师看守",
    Step.TREAT: "已修好，试用正常",
    Step.ACCEPT: "逐处查看，符合要求",
    Step.CLOSE: "验收合格，予以销账",
}
_EVERY = 7  # one receipt in seven is still out, so that both kinds are seen


def furnish(desk: Desk) -> None:
    """Make an empty desk the sample school's, as of today."""
    house = House(desk.store, desk.paths)
    house.handover.make_key()
    fill(house, date.today())


def fill(house: House, today: date) -> None:
    """Fill an empty store with the sample school: lists, hazards under way, a letter half back."""
    folder = house.sample_folder
    house.staff.carry_out(_whole(plan_staff(house.staff, read_book(folder / "教职工名单.xlsx"))))
    _import_students(house, folder)
    book = read_book(folder / "隐患台账.xlsx")
    house.hazards.carry_out(_whole(plan_hazards(house.hazards, book)))
    owners = house.staff.names()
    for number, found in enumerate(_FOUND):
        _walk(house, found, today=today, finder=owners[number % 6], owner=owners[6 + number])
    _send_letter(house)


def _import_students(house: House, folder: Path) -> None:
    plan = plan_students(house.students, read_book(folder / "学生名册.xlsx"))
    house.students.carry_out(_whole(plan))


def _whole(plan: P) -> P:
    """Return a plan that refuses nothing; a PC whose clock is behind may find a day odd."""
    assert not plan.count(Fate.REFUSED), plan.problems
    return plan


def _walk(house: House, found: _Found, *, today: date, finder: str, owner: str) -> None:
    """Enter a hazard as if it had been found then, and sign its steps up to the one that waits."""
    found_on = today - timedelta(days=found.days_ago)
    hazard = house.hazards.report(
        found_on=found_on,
        source="学校自查（周）",
        found_by=finder,
        category=found.category,
        area=found.area,
        place=found.place,
        what=found.what,
        grade=found.grade,
    )
    for step in (Step.ASSESS, Step.REPORT, Step.WATCH, Step.TREAT, Step.ACCEPT, Step.CLOSE):
        if step is found.waits:
            break
        if step is Step.TREAT:
            house.hazards.settle(
                hazard.uid, measures="修复并复查一遍", owner=owner, due_on=hazard.due_on
            )
        house.hazards.sign(
            hazard.uid,
            step,
            by=owner if step is Step.TREAT else finder,
            on=min(found_on + timedelta(days=1), today),
            words=_WORDS[step],
            is_skipped=step is Step.REPORT and found.grade == "一般",
            verdict=Verdict.PASSED if step is Step.ACCEPT else None,
        )
    if found.waits is Step.TREAT:
        house.hazards.settle(
            hazard.uid, measures="加固修复，修好前绕行", owner=owner, due_on=hazard.due_on
        )


def _send_letter(house: House) -> None:
    batch = house.letters.issue("防溺水", where={})
    codes = house.letters.codes(batch.code)
    house.letters.receive(batch.code, [c for n, c in enumerate(codes) if n % _EVERY])
