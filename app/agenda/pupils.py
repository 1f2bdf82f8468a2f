"""What the records of pupils ask for: a look at their health anew, an impact assessment first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.agenda.items import Item, When, when_of
from app.core.roles import Right
from app.core.values import show
from app.privacy import PrivacyRegister
from app.students import CareRegister, StudentRegister


def of_health(care: CareRegister, *, today: date, link: str) -> Iterator[Item]:
    """Say in one line each how many records of health are due or late; nobody is named."""
    if not care.store.sitter.may(Right.SEE_STUDENTS):
        return
    found = care.rechecks()
    for when in (When.LATE, When.SOON):
        if mine := [one for one in found if when_of(one.next_on, today) is when]:
            yield Item(
                when,
                f"特异体质档案 {len(mine)} 份到了复核日期",
                f"最早{show(mine[0].next_on)}；核对病情、用药和急救要点，再定下次 · 学生关注",
                mine[0].next_on,
                "care",
                mine[0].uid,
                link,
            )


def of_impact(
    privacy: PrivacyRegister, students: StudentRegister, today: date, link: str
) -> Iterator[Item]:
    """Yield the assessment that sensitive data needs before it is processed, while there is none.

    个人信息保护法第55条; the data of pupils below 14 is sensitive (第28条).
    """
    if students.count() and not privacy.impacts.all():
        yield Item(
            When.SOON,
            "处理学生敏感信息的影响评估还没有做",
            "做以前评估一次，至少保存三年 · 依据：《个人信息保护法》第55、56条",
            today,
            "impacts",
            "",
            link,
        )
