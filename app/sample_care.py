"""The sample school's pupils who need care: invented children, invented talks and visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.students import LeftBehind
from app.students.care.rules import Way
from app.students.roll.rules import Turn

if TYPE_CHECKING:
    from app.house import House


@dataclass(frozen=True)
class _Done:
    """What was done how many days ago, and its words."""

    days_ago: int
    way: Way
    words: str
    next_step: str = ""
    met: str = ""


@dataclass(frozen=True)
class _Pupil:
    """One pupil in need of care: what for, in how many days next, what is known, what was done."""

    categories: tuple[str, ...]
    next_in: int
    every: str
    plan: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    done: tuple[_Done, ...] = ()


_PUPILS = (
    _Pupil(
        ("特异体质",), 12, "每月", "问体育课情况，查看随身的药",
        {
            "illnesses": ["先天性心脏病"],
            "diagnosis": "县医院，两年前手术，证明在班主任处",
            "triggers": "快跑、受惊后胸闷，嘴唇发紫",
            "medicine": "随身带，放在书包外袋",
            "first_aid": "立刻坐下停止活动，松开衣领，打120和监护人电话，不要背着跑。",
            "sport": "减量", "food": "无", "urgent_phone": "13700000101",
        },
        (_Done(20, Way.PHONE, "监护人说复查正常，下次复查在期末。"),),
    ),
    _Pupil(
        ("特异体质",), 25, "每月", "春秋两季提醒带药",
        {
            "illnesses": ["哮喘"], "triggers": "粉尘、冷空气，先咳后喘",
            "medicine": "喷雾剂，书包里一支，医务室一支",
            "first_aid": "扶着坐直，帮他用喷雾剂，五分钟不缓解打120。",
            "sport": "减量", "food": "忌冷饮", "urgent_phone": "13700000102",
        },
    ),
    _Pupil(
        ("特异体质",), 40, "每月", "和食堂核对菜单",
        {
            "illnesses": ["过敏"], "triggers": "吃花生后起疹、嘴唇肿",
            "first_aid": "立刻停吃，服随身的抗过敏药，呼吸费力就打120。",
            "sport": "可正常", "food": "忌花生和花生油", "urgent_phone": "13700000103",
        },
    ),
    _Pupil(
        ("心理", "留守"), -2, "每周", "和祖母一起谈一次",
        {
            "source": "班主任观察", "doctor": "不需要", "home": ["双亲外出", "隔代抚养"],
            "ability": "一般", "keeper": "祖母", "mind_signs": "两周来上课不说话，课间一个人坐着",
            "attitude": "父亲在电话里说会多打电话回来",
        },
        (
            _Done(18, Way.TALK, "愿意听，不愿意说，约好下周再谈。", "周五再谈"),
            _Done(11, Way.TALK, "说想父母，晚上睡不好。", "请父亲每周打两次电话"),
            _Done(9, Way.VISIT, "祖母说晚上看手机很晚，商量好十点收手机。", "下周再问", "祖母"),
            _Done(4, Way.TALK, "这周睡得好些，和同桌打了球。", "继续观察"),
        ),
    ),
    _Pupil(
        ("心理",), 1, "每日", "每天放学前见一面",
        {
            "source": "家长告知", "doctor": "建议就医",
            "mind_signs": "情绪低落一个多月，不愿上学", "attitude": "同意就医，已约县医院",
        },
        (
            _Done(6, Way.TALK, "说早上起来心慌，愿意和母亲去医院。"),
            _Done(3, Way.REFER, "转介到县医院心理门诊，母亲陪同。", "看结果再定"),
        ),
    ),
    _Pupil(
        ("留守", "学困"), 3, "每两周", "看语文阅读的进步",
        {
            "home": ["双亲外出"], "ability": "较好", "keeper": "外祖父",
            "subjects": "语文", "causes": ["习惯", "方法"], "goal": "每天读二十分钟",
        },
        (_Done(10, Way.TUTOR, "课后一起读了两篇短文，能复述大意。"),),
    ),
    _Pupil(
        ("家庭",), 6, "每两周", "联系民政办问救助",
        {
            "home": ["单亲", "低保"], "ability": "一般", "keeper": "母亲",
            "aid": ["低保", "临时救助"],
        },
        (_Done(15, Way.GOODS, "送去冬衣一套、学习用品一份。"),),
    ),
    _Pupil(
        ("家庭",), 5, "每周", "家访，看祖父的身体",
        {
            "home": ["事实无人抚养"], "ability": "不足", "keeper": "祖父",
            "trustee": "村妇女主任", "trustee_phone": "13700000108",
        },
        (_Done(8, Way.VISIT, "祖父腿脚不便，村里答应每周去两次。", "下周再去", "祖父"),),
    ),
    _Pupil(
        ("行为",), 0, "每周", "看这周有没有再打架",
        {"signs": "一个月里和同学打了两次架，都因为被起外号"},
        (_Done(7, Way.TALK, "两个人当面道歉，约好有事先找老师。"),),
    ),
    _Pupil(
        ("残疾", "学困"), 18, "每月", "调整座位和作业量",
        {
            "illnesses": ["视听障碍"], "first_aid": "没有急救要点，走楼梯请同学陪着。",
            "sport": "减量", "subjects": "数学", "goal": "作业减半，做对为主",
        },
        (_Done(12, Way.EVENT, "参加了助残日活动，上台朗诵。"),),
    ),
)  # fmt: skip


_VISIT: Mapping[str, Any] = {
    "visit": "上门",
    "purpose": "看看在家的情况，商量怎样照看",
    "signed": True,
}


def look_after(house: House, today: date, keepers: Sequence[str]) -> None:
    """Enter ten pupils of different classes, with what was done for them."""
    everybody = house.students.pupils()
    taken: set[str] = set()
    for number, invented in enumerate(_PUPILS):
        is_left = "留守" in invented.categories
        pool = [
            one
            for one in everybody
            if (one.left_behind not in (None, LeftBehind.NO)) == is_left and one.uid not in taken
        ]
        pupil = pool[(number * 37 + 5) % len(pool)]
        taken.add(pupil.uid)
        keeper = keepers[number % len(keepers)]
        care = house.care.begin(
            pupil.uid,
            on=today - timedelta(days=30),
            categories=list(invented.categories),
            caretaker=keeper,
            every=invented.every,
            plan=invented.plan,
            next_on=today + timedelta(days=invented.next_in),
            told=True,
            told_on=today - timedelta(days=28),
            told_how="电话",
            **invented.facts,
        )
        for done in invented.done:
            house.care.record(
                care.uid,
                way=done.way,
                done_on=today - timedelta(days=done.days_ago),
                by=keeper,
                words=done.words,
                next_step=done.next_step or None,
                **({**_VISIT, "met": done.met} if done.met else {}),
            )
        house.care.correct(care.uid, next_on=today + timedelta(days=invented.next_in))


def come_and_leave(house: House, today: date) -> None:
    """Enter a few turns of this term: one moved away, one rests, one repeats, one has come."""
    rooms = {line.grade: line.uid for line in house.students.classes()}
    everybody = house.students.pupils()
    cared = {line.pupil.uid for line in house.care.lines()}
    pool = [one for one in everybody if one.uid not in cared and one.boarder is not True]
    away, rests, mover, *_ = pool[3::29]
    house.turns.leave(
        [away.uid], Turn.MOVED_OUT, on=today - timedelta(days=40), words="随父母到县城读书"
    )
    house.turns.leave(
        [rests.uid], Turn.RESTS, on=today - timedelta(days=25), words="骨折手术后在家休养"
    )
    others = [line for line in house.students.classes() if line.grade == mover.grade]
    to = next((line.uid for line in others if line.uid != mover.class_uid), "")
    if to:
        on = today - timedelta(days=30)
        house.turns.move([mover.uid], to, on=on, words="和同胞姐姐同班，家长申请")
    house.turns.take_in(
        on=today - timedelta(days=12),
        words="从邻县石桥小学转来",
        name="陆小帆",
        sex="男",
        class_uid=rooms["三年级"],
        guardian1="陆建平",
        relation1="父亲",
        phone1="13700000120",
    )
