"""The sample school: invented people and papers, so that one can look before entering anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from app.core.desk import Desk, SchoolFacts
from app.core.imports import Fate, Plan
from app.core.sheets import read_book
from app.hazards import SOON_DAYS, Step, Verdict, plan_hazards
from app.hazards.checks.rules import Fault
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
# The dictionary of places: name, kind, the area its hazards belong to, whether 重点部位.
_PLACES = (
    ("食堂操作间", "房间", "食堂", True),
    ("配电室", "房间", "配电室", True),
    ("学生宿舍一楼", "楼栋", "宿舍", True),
    ("教学楼东楼梯", "楼梯和通道", "教学楼", False),
    ("操场单杠", "设施设备", "操场", False),
    ("校门口斜坡", "校外", "校门外", False),
)
_RISKS = (
    ("食堂燃气灶", "食堂操作间", "食堂", "物", "红", "校级", "软管老化漏气，遇明火燃爆",
     "火灾、爆炸", "开灶前看软管和报警器，收工关总阀，每季度请燃气公司检测", "每日"),
    ("东楼梯放学人流", "教学楼东楼梯", "教学楼", "环境", "橙", "处室", "放学集中下楼，转角窄",
     "踩踏", "错峰下楼，转角有老师值守，楼梯不堆物", "每日"),
    ("宿舍夜间用电", "学生宿舍一楼", "宿舍", "人", "黄", "班级岗位", "私拉电线，充电器不拔",
     "火灾、触电", "熄灯后断电，宿管老师逐间查看", "每日"),
)  # fmt: skip
_AROUND = (
    ("场所", "食杂店", "校门对面食杂店", 25, "卖零食和文具，证照齐全"),
    ("问题", "流动摊贩", "校门口早点摊", 40, "上学时占住人行道，学生走在路上"),
    ("问题", "交通标志和减速带", "校门口县道", 60, "没有减速带和警示标志，车速快"),
    ("场所", "河塘水域", "石桥下河湾", 280, "水深，没有护栏"),
)
_CHECKS: tuple[tuple[str, int, str, dict[str, Fault]], ...] = (
    ("check_sports", 5, "周", {"sand": {"what": "沙坑里有碎石和树枝", "place": "操场沙坑"}}),
    ("check_fire", 1, "日", {}),
)
_DAYS_RUN = 21
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
    _look_around(house, today, owners)
    _check(house, today, owners[0], owners[1])
    _run_campaign(house, today, owners[0])
    _send_letter(house)


def _look_around(house: House, today: date, owners: Sequence[str]) -> None:
    """Enter places, risk points, and what is around the school; one problem has been reported."""
    for name, kind, area, is_key in _PLACES:
        house.places.enter(name=name, kind=kind, area=area, is_key=is_key, keeper=owners[1])
    for number, (name, place, area, sort, grade, level, what, harm, measures, often) in enumerate(
        _RISKS
    ):
        risk = house.risks.enter(
            name=name,
            place=place,
            area=area,
            kind=sort,
            grade=grade,
            level=level,
            what=what,
            accidents=harm,
            measures=measures,
            frequency=often,
            department="总务处",
            owner=owners[number],
            updated_on=today,
        )
        for line in house.hazards.lines():
            if line.place == place and not line.is_old and line.is_open:
                house.hazards.correct(line.uid, risk=risk.number)
    found = [
        house.surroundings.enter(
            nature=nature, kind=kind, name=name, distance=metres, found_on=today, what=what
        )
        for nature, kind, name, metres, what in _AROUND
    ]
    house.surroundings.notify(
        found[1].uid,
        department="综合执法队",
        request="请在上学放学时段劝离校门口的摊贩。",
        on=today,
    )


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


def _check(house: House, today: date, leader: str, inspector: str) -> None:
    """Enter two checks as they would have been walked: one finds nothing, one finds a thing."""
    for checklist, days_ago, kind, faults in _CHECKS:
        form = house.checks.checklist(checklist)
        house.checks.enter(
            form.id,
            checked_on=today - timedelta(days=days_ago),
            kind=kind,
            leader=leader,
            inspectors=inspector,
            results={key: "×" if key in faults else "√" for key in form.keys},
            faults=faults,
        )


def _run_campaign(house: House, today: date, owner: str) -> None:
    """Begin the hundred days three weeks ago; what was found since then belongs to them."""
    form = house.campaign_forms["hundred_days"]
    start = today - timedelta(days=_DAYS_RUN)
    campaign = house.campaigns.begin(
        form,
        name=form.title,
        slogan=form.slogan,
        basis="关于开展学校安全治理百日行动的通知",
        issuer="云栖镇中心学校",
        starts_on=start,
        ends_on=form.day(form.ends, start),
    )
    for task in house.campaigns.line(campaign.uid).tasks:
        house.campaigns.correct_task(task.uid, owner=owner)
        if task.due_on and task.due_on <= today + timedelta(days=SOON_DAYS):
            house.campaigns.tick(task.uid, is_done=True)
    for line in house.hazards.lines():
        if not line.is_old and line.found_on >= start:
            house.hazards.correct(line.uid, campaign_uid=campaign.uid)


def _send_letter(house: House) -> None:
    batch = house.letters.issue("防溺水", where={})
    codes = house.letters.codes(batch.code)
    house.letters.receive(batch.code, [c for n, c in enumerate(codes) if n % _EVERY])
