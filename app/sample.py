"""The sample school: invented people and papers, so that one can look before entering anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from app.core.desk import Desk, SchoolFacts
from app.core.imports import Fate, Plan
from app.core.sheets import read_book
from app.hazards import SOON_DAYS, plan_hazards
from app.hazards.checks.rules import Fault
from app.house import House
from app.people import plan_staff
from app.sample_agenda import keep_rules, send_reports
from app.sample_boarding import board, come_and_go
from app.sample_calendar import keep_days
from app.sample_care import come_and_leave, look_after
from app.sample_chemicals import keep_chemicals
from app.sample_drills import run_drills, write_up
from app.sample_duties import keep_duties
from app.sample_duty_book import keep_day_book
from app.sample_handover import hand_in
from app.sample_hazards import enter_hazards
from app.sample_incidents import live_through
from app.sample_ledgers import keep_ledgers
from app.sample_meetings import meet_and_teach
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
    (
        "check_sports+check_stairs",
        5,
        "周",
        {
            "check_sports.sand": {"what": "沙坑里有碎石和树枝", "place": "操场沙坑"},
            "check_stairs.clear": {"what": "三楼转角堆着旧课桌", "place": "教学楼三楼转角"},
        },
    ),
    ("check_fire", 1, "日", {}),
)
_DAYS_RUN = 21
_EVERY = 7  # one receipt in seven is still out, so that both kinds are seen


def furnish(desk: Desk) -> None:
    """Make an empty desk the sample school's, as of today."""
    house = House(desk.store, desk.paths)
    house.handover.make_key()
    fill(house, date.today())
    hand_in(house, desk.paths, date.today())


def fill(house: House, today: date) -> None:
    """Fill an empty store with the sample school: lists, hazards under way, a letter half back."""
    folder = house.sample_folder
    keep_days(house, today)
    house.staff.carry_out(_whole(plan_staff(house.staff, read_book(folder / "教职工名单.xlsx"))))
    _import_students(house, folder)
    book = read_book(folder / "隐患台账.xlsx")
    house.hazards.carry_out(_whole(plan_hazards(house.hazards, book)))
    owners = house.staff.names()
    enter_hazards(house, today, owners)
    _look_around(house, today, owners)
    campaign = _run_campaign(house, today, owners[0])
    _check(house, today, owners[0], owners[1], campaign)
    _send_letter(house)
    _ask_consent(house, today)
    look_after(house, today, owners)
    come_and_leave(house, today)
    _assess(house, today, owners)
    board(house, today, owners)
    come_and_go(house)
    keep_rules(house, today)
    run_drills(house, today, owners)
    meet_and_teach(house, today, owners)
    write_up(house, today, owners)
    keep_duties(house, today)
    keep_day_book(house, today)
    keep_ledgers(house, today)
    live_through(house, today)
    keep_chemicals(house, today)
    send_reports(house, today)


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


def _check(house: House, today: date, leader: str, inspector: str, campaign: str) -> None:
    """Enter two checks of the campaign; what one found was walked to again and is not yet right."""
    for checklist, days_ago, kind, faults in _CHECKS:
        form = house.checks.walk(checklist)
        entered = house.checks.enter(
            form.id,
            checked_on=today - timedelta(days=days_ago),
            kind=kind,
            leader=leader,
            inspectors=inspector,
            results={key: "×" if key in faults else "√" for key in form.keys},
            faults=faults,
            weather="晴",
            campaign=campaign,
        )
        if faults:
            again, *left = faults
            house.checks.recheck(
                entered.check.uid,
                on=today - timedelta(days=1),
                by=inspector,
                results={again: "√"} | dict.fromkeys(left, "×"),
                notes=dict.fromkeys(left, "还没有动，已催总务处"),
            )


def _run_campaign(house: House, today: date, owner: str) -> str:
    """Begin the hundred days three weeks ago, with all found since then; return its uid."""
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
    return campaign.uid


def _ask_consent(house: House, today: date) -> None:
    """Enter what guardians said when the year began; some have not answered yet, one says no."""
    with house.store.change("登记监护人答复"):
        for number, pupil in enumerate(house.students.pupils()):
            if number % _EVERY:
                answer = "不同意" if number == 1 else "同意"
                house.privacy.consents.say(pupil.uid, answer=answer, said_on=today, way="书面")


def _assess(house: House, today: date, owners: Sequence[str]) -> None:
    """Keep the impact assessment that was made before the records of health were begun."""
    house.privacy.impacts.enter(
        assessed_on=today - timedelta(days=35),
        assessed_by=owners[1],
        leader=owners[0],
        why_now="处理敏感个人信息",
        what="登记特异体质和需要关注的学生，只存在办公室这一台电脑里，印给班主任和体育教师的知情卡不写病名",
        sorts=["姓名班级", "电话", "健康", "心理", "家庭情况"],
        people=house.students.count(),
        purpose="知道谁发病了怎么救、谁要多关心；未成年人保护法、学校安全管理办法",
        is_needed=True,
        needed_words="病名只登记急救用得着的，不收病历、量表答卷和分数。",
        harm="传出去会让孩子被议论；发错群、丢了名单最容易出事。",
        risk="中",
        measures="加密保存，按身份看，看一次记一次；名单不发群，纸用后收回销毁。",
        is_enough=True,
        result="可以处理",
    )


def _send_letter(house: House) -> None:
    batch = house.letters.issue("防溺水")
    house.letters.printed(batch.code)
    codes = house.letters.codes(batch.code)
    house.letters.receive(batch.code, [c for n, c in enumerate(codes) if n % _EVERY])
