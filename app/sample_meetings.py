"""The sample school's meetings, education and plans for emergencies: invented, as of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.meetings.ticks.rules import month_of

if TYPE_CHECKING:
    from app.house import House

_AT = time(15, 30)
# Days ago, kind, what it was about, what was said.
_MEETINGS: tuple[tuple[int, str, str, str], ...] = (
    (
        47,
        "月研判会",
        "开学以来隐患整改情况；秋季传染病和交通风险",
        "通报开学大检查发现的隐患和整改进度，研究秋季传染病防控和校门口交通秩序。",
    ),
    (
        20,
        "专题会",
        "食堂燃气软管老化的整改",
        "总务处汇报燃气软管、阀门检查情况，商量更换方案和停气期间的供餐。",
    ),
    (
        6,
        "月研判会",
        "本月隐患整改进度；用火用电和冬季取暖风险",
        "逐条过了没有销账的隐患，重点是食堂燃气和围墙；布置宿舍用电检查和放学护送。",
    ),
)
# Which meeting decided it, what, in how many days it is due, after how many it was done.
_DECIDED: tuple[tuple[int, str, int, int | None], ...] = (
    (0, "校门口加装减速带，上学放学安排两名教师护送", 14, 10),
    (0, "各班晨午检登记，缺课学生当天问清原因", 7, 5),
    (0, "请供电所检查教学楼配电箱", 30, None),
    (1, "更换食堂燃气金属软管，加装报警器", 18, None),
    (2, "宿舍用电逐间检查，收走违规电器", 7, None),
    (2, "联系中心学校落实围墙加固资金", 30, None),
)
_RISKS = (
    ("食堂燃气软管老化", "重大", "停用一个灶，换成金属软管，每天收工关总阀"),
    ("围墙西北角外倾", "较大", "拉警戒线，课间专人看守，雨天加看一次"),
    ("宿舍私拉电线", "一般", "熄灯后断电，宿管逐间查看"),
)
# Days ago, kind, themes, title, audiences, heads (0: the whole school), lessons, speaker number.
_TAUGHT: tuple[tuple[int, str, tuple[str, ...], str, tuple[str, ...], int, str, int], ...] = (
    (3, "升旗讲话", ("消防", "用电用气"), "冬季用火用电安全", ("学生", "教职工"), 0, "0.5", 0),
    (8, "主题日", ("消防",), "119消防宣传日：学用灭火器", ("学生",), 0, "1", 1),
    (16, "讲座", ("法治", "防欺凌"), "法治副校长开讲：对欺凌说不", ("学生",), 0, "1", 2),
    (30, "安全课", ("交通",), "乘车走路守规矩", ("学生",), 0, "1", 3),
    (52, "专题教育", ("防溺水", "交通", "食品"), "国庆假前安全教育", ("学生",), 0, "0.5", 0),
)
_TRAINED: tuple[tuple[int, tuple[str, ...], str, str, int, str], ...] = (
    (12, ("消防",), "教职工消防技能培训", "县级", 99, "2"),
    (40, ("急救",), "心肺复苏和海姆立克急救法", "校级", 12, "3"),
    (60, ("防欺凌", "心理"), "班主任专题培训", "市级", 6, "6"),
)
# Kind, title, how many years ago it was revised, its version.
_PLANS: tuple[tuple[str, str, int], ...] = (
    ("总体预案", "突发事件总体应急预案", 1),
    ("地震", "地震应急预案", 1),
    ("火灾", "火灾事故应急预案", 2),
    ("防踩踏", "防拥挤踩踏应急预案", 1),
    ("食物中毒", "食物中毒事件应急预案", 4),
    ("校车", "校车交通事故应急预案", 1),
    ("防暴", "防暴力侵害应急预案", 0),
)


def meet_and_teach(house: House, today: date, people: Sequence[str]) -> None:
    """Enter three meetings, what was taught since the term began, and the plans that hold."""
    _meet(house, today, people)
    _teach(house, today, people)
    _train(house, today, people)
    _plan(house, today, people)
    _tick(house, today)


def _tick(house: House, today: date) -> None:
    """Tick what was reminded of this month and the last; one class forgot a day."""
    for month in (month_of(today.replace(day=1) - timedelta(days=1)), month_of(today)):
        sheet = house.ticks.sheet(month)
        past = {day: minutes for day, minutes in sheet.asked.items() if day < today}
        marks = {line.class_uid: dict(past) for line in sheet.lines}
        if past and len(marks) > 2:
            marks[sheet.lines[2].class_uid][max(past)] = 0
        house.ticks.tick(month, marks)


def _meet(house: House, today: date, people: Sequence[str]) -> None:
    for number, (ago, kind, topics, words) in enumerate(_MEETINGS):
        held_on = today - timedelta(days=ago)
        due = list(people[:9])
        made = house.meetings.enter(
            kind=kind,
            held_at=datetime.combine(held_on, _AT),
            place="小会议室",
            chair=people[0],
            recorder=people[1],
            due=due,
            absent=[{"name": due[5], "reason": "外出培训"}] if number else None,
            guests="村委会治保主任" if kind == "专题会" else None,
            topics=topics,
            words=words,
            risks=[_risk(*one) for one in _RISKS] if kind == "月研判会" else None,
            late_reason="当时记在会议本上，装好校安台后补录" if ago > 7 else None,
            reviewed=_reported(house, held_on),
            decisions=[
                {
                    "matter": matter,
                    "person": people[(place * 2 + 1) % len(people)],
                    "due_on": held_on + timedelta(days=days),
                }
                for place, (of, matter, days, _) in enumerate(_DECIDED)
                if of == number
            ],
        )
        _settle(house, made.uid, held_on)


def _risk(point: str, grade: str, measures: str) -> dict[str, str]:
    return {"point": point, "grade": grade, "measures": measures}


def _settle(house: House, uid: str, held_on: date) -> None:
    after = {matter: days for _, matter, _, days in _DECIDED}
    for line in house.meetings.decisions(uid):
        days = after[line.matter]
        if days is not None:
            house.meetings.end(
                line.uid, result="已完成", on=held_on + timedelta(days=days), words="已落实"
            )


def _reported(house: House, held_on: date) -> list[dict[str, Any]]:
    at = datetime.combine(held_on, _AT)
    return [{"uid": line.uid} for line in house.meetings.to_review(at)]


def _teach(house: House, today: date, people: Sequence[str]) -> None:
    pupils = house.students.count()
    for ago, kind, themes, title, audiences, heads, hours, speaker in _TAUGHT:
        house.education.enter(
            kind=kind,
            held_on=today - timedelta(days=ago),
            themes=list(themes),
            title=title,
            audiences=list(audiences),
            heads=heads or pupils,
            scope="全校",
            hours=Decimal(hours),
            speaker=people[speaker % len(people)],
            holiday="国庆" if "假前" in title else None,
            material="《生命·生态·安全》",
            means="课件、视频、实物",
            way="集中讲解，分班讨论",
            effect="学生说得出怎么做，抽问大多答对",
            late_reason="装好校安台后补录" if ago > 7 else None,
        )
    for room in house.students.classes()[:4]:
        if room.count:
            house.education.enter(
                kind="班会",
                held_on=today - timedelta(days=5),
                themes=["防踩踏"],
                title="上下楼梯靠右行",
                audiences=["学生"],
                classes=[room.uid],
                heads=room.count,
                hours=Decimal(1),
                speaker=people[(room.count + 2) % len(people)],
            )


def _train(house: House, today: date, people: Sequence[str]) -> None:
    for ago, themes, title, level, count, hours in _TRAINED:
        took = list(people[:count])
        house.education.enter(
            kind="培训",
            held_on=today - timedelta(days=ago),
            themes=list(themes),
            title=title,
            audiences=["教职工"] if "班主任" not in title else ["班主任"],
            heads=len(took),
            hours=Decimal(hours),
            level=level,
            speaker="消防大队教官" if "消防" in title else "卫生院医生",
            unit="县消防救援大队" if "消防" in title else "镇卫生院",
            staff=took,
            assessment="现场操作，人人过关",
            late_reason="装好校安台后补录" if ago > 7 else None,
        )


def _plan(house: House, today: date, people: Sequence[str]) -> None:
    for kind, title, years in _PLANS:
        on = date(today.year - years, 1, 15)
        house.contingencies.enter(
            kind=kind,
            title=title,
            version=f"{on.year}版",
            revised_on=on,
            approved_by=people[0],
            kept_at="安全办档案柜二层",
            changes="更新通讯录和集合点",
        )
