"""The numbers of a span of days, each counted from the records of its room."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from app.handover.reports import begun
from app.handover.reports.books import Asked, Books
from app.handover.reports.figures import (
    NONE,
    Behind,
    Figure,
    counted,
    mean,
    number,
    rate,
    shown,
    unused,
)
from app.handover.reports.of_duty import first_gate, of_duty, of_gate
from app.handover.reports.of_hazards import of_checks, of_hazards
from app.handover.reports.of_profile import of_profile
from app.handover.reports.rules import Span
from app.ledgers import Line

TALKS = ("谈心", "辅导", "家访", "电话", "物资", "活动", "转介")
_SETTLED = ("已完成", "迟办")
_NOT_ASKED = ("假期豁免", "免做", "未启用")
_NOT_WANTED = "不要求"


def count(books: Books, span: Span, *, titles: Container[str] | None = None) -> dict[str, Figure]:
    """Return every number a report of these days may print, by key; ``titles`` of groups alone.

    A number whose room has no record up to the last of these days is 未登记, never 0.
    """
    made: dict[str, Figure] = {}
    for title, since, work in _GROUPS:
        if titles is not None and title not in titles:
            continue
        first = since(books)
        is_kept = first is not None and first <= span.last
        for figure in work(books, span):
            told = figure if is_kept else unused(figure.key, figure.label, figure.unit)
            made[figure.key] = told._replace(group=title)
    return made


def _of_drills(books: Books, span: Span) -> Iterator[Figure]:
    held = [
        drill
        for drill in books.drills.between(span.first, span.last)
        if drill.done_on and span.first <= drill.done_on <= span.last
    ]
    behind = [Behind(one.uid, one.done_on, f"{one.title} {one.number}", "drills") for one in held]
    yield counted("drills", "演练", "次", behind)
    pupils = sum(one.pupils_there or 0 for one in held)
    staff = sum(one.staff_there or 0 for one in held)
    yield number("drill_heads", "参加演练", pupils + staff, "人次", behind)
    yield number("drill_pupils", "参加演练的学生", pupils, "人次", behind)
    yield number("drill_staff", "参加演练的教职工", staff, "人次", behind)
    seconds = [float(one.seconds) for one in held if one.seconds]
    yield number("drill_seconds", "平均撤离用时", mean(seconds, "秒"), "", behind)
    turns = books.asked("DRILL-M", span.first, span.last)
    yield _kept_turns("drill_months", "演练达标月份", turns, "个月", behind)


def _of_plans(books: Books, span: Span) -> Iterator[Figure]:
    revised = shown(books.contingencies.done(span.first, span.last), "contingencies")
    yield counted("plans_revised", "修订应急预案", "份", revised)


def _of_meetings(books: Books, span: Span) -> Iterator[Figure]:
    held = books.meetings.done(span.first, span.last)
    yield counted("meetings", "安全会议", "次", shown(held, "meetings"))
    monthly = [one for one in held if one.kind == "月研判会"]
    turns = books.asked("MEET-M", span.first, span.last)
    yield _kept_turns("meeting_months", "研判会达标月份", turns, "个月", shown(monthly, "meetings"))


def _of_education(books: Books, span: Span) -> Iterator[Figure]:
    given = books.education.between(span.first, span.last)
    taught = [one for one in given if one.kind != "培训"]
    trained = [one for one in given if one.kind == "培训"]
    yield counted("lessons", "安全教育", "次", _taught(taught))
    yield number("lesson_heads", "受教育", sum(x.heads for x in taught), "人次", _taught(taught))
    yield counted("trainings", "安全培训", "次", _taught(trained))
    heads = sum(one.heads for one in trained)
    yield number("training_heads", "参加培训", heads, "人次", _taught(trained))
    among = len(books.staff.names())
    hours = sum(float(one.hours or 0) * one.heads for one in trained)
    each = f"{hours / among:.1f}学时" if among and trained else NONE
    yield number("training_hours", "教职工人均培训", each, "", _taught(trained))
    ticks = books.asked("EDU-1530", span.first, span.last)
    yield _kept_turns("ticks", "1530提醒", ticks, "周", ())


def _taught(given: Iterable[Any]) -> list[Behind]:
    return [
        Behind(
            one.uid, one.held_on, f"{one.title or '、'.join(one.themes)} {one.number}", "education"
        )
        for one in given
    ]


def _of_letters(books: Books, span: Span) -> Iterator[Figure]:
    sent = [one for one in books.letters.batches() if span.first <= one.issued_on <= span.last]
    behind = [Behind(one.code, one.issued_on, f"{one.title} {one.code}", "letters") for one in sent]
    yield counted("letters", "给家长的信", "批", behind)
    asked = [one for one in sent if one.has_receipt]
    due, back = sum(one.issued for one in asked), sum(one.returned for one in asked)
    yield number("receipts_due", "应收回执", due, "份", behind)
    yield number("receipts_back", "收回回执", back, "份", behind)
    yield number("receipts_rate", "回执回收率", rate(back, due), "", behind)


def _of_leaves(books: Books, span: Span) -> Iterator[Figure]:
    late = [
        Behind(one.uid, one.back_by.date(), f"请假条 {one.number}", "leaves")
        for one in books.leaves.lines()
        if one.late and span.first <= one.back_by.date() <= span.last
    ]
    yield counted("leaves_late", "住校生请假逾期未返", "次", late)


def _of_care(books: Books, span: Span) -> Iterator[Figure]:
    acts = [one for one in books.care.done(span.first, span.last) if one.kind in TALKS]
    yield Figure("care_acts", "帮扶", len(acts), "次", (), "care")
    visits = sum(one.kind == "家访" for one in acts)
    yield Figure("care_visits", "其中家访", visits, "次", (), "care")
    for row in books.care.views["counts"]({}):
        key, told = f"care_{row['category']}", row["number"]
        yield Figure(key, f"关注学生：{row['category']}", f"{told}人", "", (), "care")


def _of_surroundings(books: Books, span: Span) -> Iterator[Figure]:
    every = books.surroundings.all()
    for key, label, day in (
        ("surroundings", "登记周边场所和问题", "found_on"),
        ("surroundings_told", "向部门通报", "notified_on"),
        ("surroundings_answered", "部门答复", "answered_on"),
        ("surroundings_closed", "周边问题解决", "closed_on"),
    ):
        mine = [
            Behind(one.uid, on, f"{one.name} {one.number}", "surroundings")
            for one in every
            if (on := getattr(one, day)) and span.first <= on <= span.last
        ]
        yield counted(key, label, "处" if key == "surroundings" else "次", mine)


def _of_safety(books: Books, span: Span) -> Iterator[Figure]:
    """Count incidents and disputes, whose words never leave their ledger."""
    yield from _of_ledger(books, span, "incident", "incidents", "突发事件", "起")
    yield from _of_ledger(books, span, "dispute", "disputes", "矛盾纠纷", "件")
    if not begun.is_kept(books, "dispute", span.last):
        yield unused("disputes_settled", "化解矛盾纠纷", "件")
        yield unused("disputes_rate", "矛盾纠纷化解率")
    else:
        lines = books.ledgers.lines("dispute", span.first, span.last)
        settled = [one for one in lines if one.is_closed]
        behind = _lines_of("矛盾纠纷", settled)
        yield counted("disputes_settled", "化解矛盾纠纷", "件", behind)
        yield number("disputes_rate", "矛盾纠纷化解率", rate(len(settled), len(lines)), "", behind)
    yield from _of_people_hurt(books, span)
    for ledger, key, label, unit in _OTHER_LEDGERS:
        yield from _of_ledger(books, span, ledger, key, label, unit)


_OTHER_LEDGERS = (
    ("bully", "bullying", "欺凌线索", "条"),
    ("gate_visit", "visitors", "来访登记", "次"),
    ("canteen_dine", "meals", "陪餐记录", "次"),
    ("canteen_sample", "samples", "食品留样", "份"),
    ("warning", "warnings", "收到预警信息", "条"),
    ("appeal", "appeals", "受理师生诉求", "件"),
)
# Ledgers of things that must be examined again by a day: how many still hold on the last day.
_EXAMINED = (
    ("canteen_health", "health_cards", "健康证有效率"),
    ("special_device", "devices", "特种设备检验合格率"),
    ("school_bus", "buses", "校车检验合格率"),
)


def _of_examined(books: Books, span: Span) -> Iterator[Figure]:
    until = min(span.last, books.today())
    for ledger, key, label in _EXAMINED:
        if not begun.is_kept(books, ledger, until):
            yield unused(key, label)
            continue
        kept = [one for one in books.ledgers.lines(ledger, last=until) if not one.is_closed]
        valid = [one for one in kept if all(day.on >= until for day in one.expiries())]
        yield number(key, label, rate(len(valid), len(kept)), "", _lines_of(label, kept))


def _of_ledger(
    books: Books, span: Span, ledger: str, key: str, label: str, unit: str
) -> Iterator[Figure]:
    if not begun.is_kept(books, ledger, span.last):
        yield unused(key, label, unit)
        return
    lines = books.ledgers.lines(ledger, span.first, span.last)
    yield counted(key, label, unit, _lines_of(label, lines))


def _lines_of(label: str, lines: Iterable[Line]) -> list[Behind]:
    return [Behind(one.uid, one.on, f"{label} {one.number}", "ledgers") for one in lines]


def _of_people_hurt(books: Books, span: Span) -> Iterator[Figure]:
    for key, columns, label in (
        ("hurt", ("badly_hurt", "hurt"), "受伤"),
        ("dead", ("dead",), "死亡"),
    ):
        if not begun.is_kept(books, "incident", span.last):
            yield unused(key, label, "人")
            continue
        lines = books.ledgers.lines("incident", span.first, span.last)
        heads = [sum(int(one.values.get(c) or 0) for c in columns) for one in lines]
        some = [one for one, many in zip(lines, heads, strict=True) if many]
        yield number(key, label, sum(heads), "人", _lines_of("突发事件", some))


def _of_reports(books: Books, span: Span) -> Iterator[Figure]:
    turns = [
        one
        for one in books.asked("WEEK-FRI", span.first, min(span.last, books.today()))
        if one.counts and one.state not in _NOT_ASKED and one.due_at.date() <= books.today()
    ]
    behind = [Behind(f"weekly:{one.key}", one.due_at.date(), one.name, "reports") for one in turns]
    yield number("weeklies_due", "应报周报", len(turns), "份", behind)
    for key, label, state in (
        ("weeklies", "按时报送周报", "已完成"),
        ("weeklies_late", "迟报", "迟办"),
    ):
        mine = [b for b, one in zip(behind, turns, strict=True) if one.state == state]
        yield number(key, label, len(mine), "份", mine)
    owed = [b for b, one in zip(behind, turns, strict=True) if one.state not in _SETTLED]
    yield number("weeklies_owed", "欠报", len(owed), "份", owed)


def _kept_turns(
    key: str, label: str, turns: Sequence[Asked], unit: str, behind: Iterable[Behind]
) -> Figure:
    """Return in how many turns that were asked for something was done: 8/9个月."""
    asked = [one for one in turns if one.counts and one.state not in (*_NOT_ASKED, "未到", "临近")]
    if not asked:
        return number(key, label, _NOT_WANTED, "", behind)
    done = sum(one.state in _SETTLED for one in asked)
    return number(key, label, f"{done}/{len(asked)}{unit}", "", behind)


_Work = Callable[[Books, Span], Iterator[Figure]]
_GROUPS: Sequence[tuple[str, Callable[[Books], date | None], _Work]] = (
    ("隐患", begun.hazard, of_hazards),
    ("检查", begun.check, of_checks),
    ("演练和预案", begun.drill, _of_drills),
    ("演练和预案", begun.plan, _of_plans),
    ("会议", begun.meeting, _of_meetings),
    ("教育和培训", begun.lesson, _of_education),
    ("家长信", begun.letter, _of_letters),
    ("学生", begun.leave, _of_leaves),
    ("学生", begun.act, _of_care),
    ("周边环境", begun.around, _of_surroundings),
    ("事件和稳定", begun.always, _of_safety),
    ("检验和证件", begun.always, _of_examined),
    ("值班", begun.always, of_duty),
    ("值班", first_gate, of_gate),
    ("学校档案", begun.always, of_profile),
    ("报送", begun.school, _of_reports),
)
