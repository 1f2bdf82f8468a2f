"""Which line of the journal is a look, a print, an export; how it stands with a consent."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

CONSENT_LETTER = "consent"  # the letter whose receipt is the guardian's consent
CHECK_DAYS_BEFORE = 30  # a default: how long before its day the yearly check stands on 今日
FINE = "可以处理"  # the one result of an impact assessment that lets one begin
KEEP_YEARS = 3  # 个人信息保护法第56条: at least
ANSWERS = ("是", "否", "不涉及")
COUNTS_FOR_DAYS = 183  # ours: half a year
SETTLES_IN_DAYS = 60  # ours: a school that has just begun is left in peace


class Deed(StrEnum):
    """What somebody did with data without changing it."""

    LOOK = "查看"
    PRINT = "打印"
    SAVE = "存为文件"
    EXPORT = "导出"
    SCAN = "扫描"
    COPY = "备份"
    ENTER = "打开"


# How the line of each deed begins in the journal.
_BEGINS: dict[str, Deed] = {
    "查看": Deed.LOOK,
    "看回执图像": Deed.LOOK,
    "打印": Deed.PRINT,
    "存为PDF": Deed.SAVE,
    "存为Word": Deed.SAVE,
    "导出": Deed.EXPORT,
    "对外提供": Deed.EXPORT,
    "生成数据文件": Deed.EXPORT,
    "扫描件": Deed.SCAN,
    "备份到": Deed.COPY,
    "打开校安台": Deed.ENTER,
}
BEGINNINGS = tuple(_BEGINS)


class Consent(StrEnum):
    """Whether a guardian agrees to what the school does with the child's data."""

    YES = "已同意"
    NO = "不同意"
    WITHDRAWN = "已撤回"
    OPEN = "未交"


def deed_of(label: str) -> Deed | None:
    """Return what a line of the journal says was done, None if it changed something.

    >>> deed_of("打印：班级花名册")
    <Deed.PRINT: '打印'>
    >>> deed_of("登记隐患") is None
    True
    """
    return next((deed for start, deed in _BEGINS.items() if label.startswith(start)), None)


def spans_of(on: date, today: date) -> tuple[str, ...]:
    """Return the stretches of time, in words, that a day belongs to, the nearest first.

    >>> spans_of(date(2026, 3, 30), date(2026, 4, 1))
    ('近七天', '近三十天', '2026年3月')
    """
    found = ["今天"] if on == today else []
    found += [
        word
        for word, days in (("近七天", 7), ("近三十天", 30))
        if today - timedelta(days=days) < on <= today
    ]
    return (*found, f"{on.year}年{on.month}月")


def said_wins(receipt_on: date | None, said_on: date | None) -> bool:
    """Say whether what was said holds rather than the receipt: the newer does, on one day the word.

    A consent may be taken back at any time (个人信息保护法第15条).

    >>> said_wins(date(2026, 9, 1), date(2026, 9, 1)), said_wins(date(2026, 9, 2), date(2026, 9, 1))
    (True, False)
    """
    return said_on is not None and (receipt_on is None or said_on >= receipt_on)


def check_due(day: tuple[int, int], last: date | None, began: date, today: date) -> date | None:
    """Return the day by which the yearly self-check is due, None while nothing is to be said.

    ``day`` is month and day. It comes once a year (未成年人网络保护条例第37条: 每年), said from 30
    days before; a check answered within half a year before the day counts for it. Before the first
    check the years count from the day the school ``began`` with the program, a day less than two
    months off being passed over.

    >>> check_due((11, 30), None, date(2026, 9, 1), date(2026, 11, 22))
    datetime.date(2026, 11, 30)
    >>> check_due((11, 30), date(2026, 11, 1), date(2026, 9, 1), date(2026, 11, 22)) is None
    True
    """
    since = last or began
    due = _on(since.year, day)
    if due <= since:
        due = _on(since.year + 1, day)
    if (due - since).days <= (COUNTS_FOR_DAYS if last is not None else SETTLES_IN_DAYS):
        due = _on(due.year + 1, day)
    return due if (due - today).days <= CHECK_DAYS_BEFORE else None


def kept_until(assessed_on: date) -> date:
    """Return the day up to which an impact assessment is kept at least, that day included.

    >>> kept_until(date(2028, 2, 29))
    datetime.date(2031, 2, 28)
    """
    return _on(assessed_on.year + KEEP_YEARS, (assessed_on.month, assessed_on.day))


def _on(year: int, day: tuple[int, int]) -> date:
    month, number = day
    return date(year, month, min(number, 28) if month == 2 else number)
