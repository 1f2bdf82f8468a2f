"""Any ledger filled in as its form asks: words for texts, the day before for days, and so on."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from app.ledgers.relations import day_of

WORDS = "教学楼东侧楼梯口"
LONG = "检查时发现，当场处理；已经告知有关人员，明天再看一次，确认没有问题以后销账。"


def filled(form, now, *, ended=False, n=1):
    """Return what a person might say in every blank; what ends a line only if it has ended."""
    said = {}
    for field in form.fields:
        if field.asked and (ended or field.key not in form.closing):
            said[field.key] = _value(form, field, said, now, n)
    for field in form.fields:  # what comes first in time may stand later on the form
        for first, second in ((field, form.field(field.not_before)),) if field.not_before else ():
            if first.key in said and said.get(second.key) and first.kind == second.kind:
                said[first.key] = max(said[first.key], said[second.key])
    for field in form.fields:
        if field.key in said and said.get(field.not_after):
            said[field.key] = min(said[field.key], said[field.not_after])
        if field.key in said and said.get(field.at_most) is not None:
            said[field.key] = min(said[field.key], said[field.at_most])
        if field.sum_of:
            said[field.key] = sum(said[key] for key in field.sum_of)
    return said


def _value(form, field, said, now, n):
    if field.kind in ("date", "moment"):
        at = now.replace(microsecond=0) - timedelta(days=400, minutes=n)
        if field.not_before or field.expires_days or not field.past:
            at = now.replace(microsecond=0) - timedelta(minutes=1)
        if field.expires_days:
            at += timedelta(days=20 * n)
        return day_of(at) if field.kind == "date" else at
    if field.differs_from:
        return f"刘玉兰{n}"
    return {
        "text": (WORDS + str(n))[-10:],
        "long": LONG,
        "number": Decimal(int(field.min or 0) + n),
        "time": time(7, 30),
        "choice": field.choices[n % len(field.choices)] if field.choices else "",
        "many": list(field.choices[:2]),
        "yesno": True,
        "person": f"张老师{n}",
        "people": ["张老师", "李敏"],
        "photo": [],
    }[field.kind]


def at_noon(day):
    """Return the middle of a day."""
    return datetime.combine(day, time(12))
