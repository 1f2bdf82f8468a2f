"""The hazards of the sample school, each taken as far as it would have come by today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.hazards import Step, Verdict
from app.house import House

SHELVED, HANDED_BACK, FAILED, LOOKED_BACK = "挂账", "退回", "不合格", "回头看"


@dataclass(frozen=True)
class _Found:
    """What was found how many days ago, and the step that waits; closed if none does.

    ``then`` is what happened to it besides: put on record, handed back, failed, looked back at.
    """

    days_ago: int
    category: str
    area: str
    place: str
    what: str
    grade: str
    waits: Step | None
    then: str = ""


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
    _Found(
        40,
        "校舍建筑",
        "围墙/大门",
        "厕所后挡土墙",
        "墙脚渗水，墙面有鼓包",
        "一般",
        Step.TREAT,
        SHELVED,
    ),
    _Found(
        11,
        "用电用气",
        "配电室",
        "办公楼配电箱",
        "箱门锁坏，里面有积灰",
        "一般",
        Step.TREAT,
        HANDED_BACK,
    ),
    _Found(13, "校舍建筑", "厕所", "北厕所门口", "地砖翘起三块，绊脚", "一般", Step.TREAT, FAILED),
    _Found(
        26,
        "用电用气",
        "教学楼",
        "三楼西头吊扇",
        "吊钩螺母松动",
        "一般",
        None,
        LOOKED_BACK,
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


def enter_hazards(house: House, today: date, owners: Sequence[str]) -> None:
    """Enter the hazards as they would have been found, by these people, and what came of each."""
    uids = [
        _walk(
            house,
            found,
            today=today,
            finder=owners[number % 6],
            owner=owners[(6 + number) % len(owners)],
        )
        for number, found in enumerate(_FOUND)
    ]
    _press(house, today, gas=uids[0], stairs=uids[1], leader=owners[0], signer=owners[1])


def _press(house: House, today: date, *, gas: str, stairs: str, leader: str, signer: str) -> None:
    """Let the principal demand something about the gas hose, and a notice go out for the stairs."""
    house.hazards.demands.add(
        gas,
        by=leader,
        on=today - timedelta(days=2),
        standing="新软管还没有买",
        demand="换成金属软管，换好前停用这个灶",
        due_on=today + timedelta(days=3),
    )
    found = house.hazards.get(stairs)
    person = found.owner or signer
    notice = house.hazards.notices.issue(
        [stairs],
        person=person,
        requirement="把扶手两处焊点加固牢，修好以前绕行西楼梯。",
        due_on=today + timedelta(days=5),
        signer=signer,
        department="总务处",
        checked_on=found.found_on,
        checked_by=found.found_by,
    )
    house.hazards.notices.receive(notice.uid, by=person, on=today)


def _walk(house: House, found: _Found, *, today: date, finder: str, owner: str) -> str:
    """Enter a hazard as if found then, and sign its steps up to the one that waits; its uid."""
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
    _go_on(house, hazard.uid, found, today=today, finder=finder, owner=owner)
    return hazard.uid


def _go_on(house: House, uid: str, found: _Found, *, today: date, finder: str, owner: str) -> None:
    """Let happen to a hazard what is not one of its steps in turn."""
    hazards, yesterday = house.hazards, today - timedelta(days=1)
    if found.then == SHELVED:
        hazards.sides.shelve(
            uid,
            by=finder,
            on=today - timedelta(days=20),
            keeper=owner,
            measures="拉警戒线，墙下不让人走，雨天加看一次",
            look_on=today + timedelta(days=5),
            met_on=today - timedelta(days=21),
            meeting="安全工作例会定：等教育局加固资金，先挂账，专人看守。",
        )
    elif found.then == HANDED_BACK:
        hazards.sides.hand_back(uid, by=owner, on=yesterday, words="要电工证才能修，请改派给总务处")
    elif found.then == FAILED:
        done = today - timedelta(days=3)
        hazards.sign(uid, Step.TREAT, by=owner, on=done, words="地砖重新铺了")
        hazards.sign(
            uid,
            Step.ACCEPT,
            by=finder,
            on=yesterday,
            words="有一块还是松的，要返工",
            verdict=Verdict.FAILED,
        )
    elif found.then == LOOKED_BACK:
        hazards.sides.look_back(
            uid, by=finder, on=yesterday, verdict="保持", words="开到最大档试过，不晃"
        )
