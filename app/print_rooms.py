"""What is ready and not printed yet, as 今日 tells it; one press shows the papers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from app.agenda.side_pane import Fact
from app.core.roles import Right
from app.core.values import show
from app.drills.rules import MANNERS
from app.handover import may_see_reports
from app.hazards import SOON_DAYS
from app.ui.papers import Papers
from app.ui.printing import PRINTED, SAVED

if TYPE_CHECKING:
    from app.drills.records import Drill
    from app.letters.lines import BatchLine
    from app.shell import Shell

_NAMED = 3  # people named in one line
_OF_DRILL = (("清点卡", "drill_card"), ("签到表", "drill_signin"))
_MONTH = "duty_month"  # with its month it stands for the record a note is about

Rows = Sequence[Mapping[str, object]]


def to_print(shell: Shell) -> list[Fact]:
    """Return the papers that wait to be printed, those that go out of the house first."""
    return [
        *_notices(shell),
        *_letters(shell),
        *_reports(shell),
        *_drills(shell),
        *_months(shell),
    ]


def _fact(what: str, note: str, press: Callable[[], object]) -> Fact:
    return Fact("print", what, note, "", "打印", press)


def _unprinted(shell: Shell, uids: Collection[str], words: str = "") -> list[str]:
    """Return which of these were never printed, on a paper with these words after 打印."""
    starts = tuple(f"{how}{words}" for how in (PRINTED, SAVED))
    notes = shell.house.store.notes_about(uids)
    return [
        uid for uid in uids if not any(label.startswith(starts) for label in notes.get(uid, ()))
    ]


def _preview(shell: Shell, paper: str, rows: Rows, about: Collection[str], words: str = "") -> None:
    """Show a paper; once it is printed it is no longer waiting."""
    house = shell.house

    def done(how: str) -> None:
        for uid in about:
            house.store.note(f"{how}{words or f'：{house.papers[paper].title}'}", about=uid)
        _tell(shell)

    Papers(house.papers, house.context).preview(shell, paper, rows, done=done)


def _tell(shell: Shell) -> None:
    shell.house.store.settle()
    shell.go("agenda").go_stale()


def _notices(shell: Shell) -> Iterator[Fact]:
    house = shell.house
    if not house.store.sitter.may(Right.EDIT_HAZARDS):
        return
    waiting = {one.uid: one for one in house.hazards.notices.waiting() if one.received_on is None}
    if uids := _unprinted(shell, list(waiting)):
        names = list(dict.fromkeys(waiting[uid].person for uid in uids))
        named = "、".join(names[:_NAMED]) + (f"等{len(names)}人" if len(names) > _NAMED else "")

        def press() -> None:
            rows = house.hazards.notices.rows(uids)
            _preview(shell, "hazard_notice", rows, uids, "整改通知书")

        yield _fact(f"隐患整改通知书 {len(uids)}份", f"给{named}签收", press)


def _letters(shell: Shell) -> Iterator[Fact]:
    house = shell.house
    sitter = house.store.sitter
    if not (sitter.may(Right.SEE_STUDENTS) and sitter.may(Right.LETTERS)):
        return
    since = house.today() - timedelta(days=SOON_DAYS)
    fresh = {one.uid: one for one in house.letters.batches() if one.issued_on >= since}
    for uid in _unprinted(shell, list(fresh), "家长信"):
        batch = fresh[uid]
        when = f"{show(batch.issued_on)}发的"
        yield _fact(f"{batch.title} {batch.issued}份", when, partial(_print_batch, shell, batch))


def _print_batch(shell: Shell, batch: BatchLine) -> None:
    from app.letters.papers_dialog import LetterPapers

    house = shell.house
    papers = LetterPapers(shell, house.letters, Papers(house.papers, house.context))
    papers.letters(batch, then=partial(_tell, shell))


def _reports(shell: Shell) -> Iterator[Fact]:
    house = shell.house
    if not (may_see_reports(house.store.sitter) and house.store.sitter.may(Right.REPORTS)):
        return
    drafts = {one.report.uid: one for one in house.reports.lines() if one.first is None}
    for uid in _unprinted(shell, list(drafts)):
        line = drafts[uid]
        yield _fact(
            f"{line.title} 1份",
            f"{line.report.name}，打出来签字再报",
            partial(_print_report, shell, uid),
        )


def _print_report(shell: Shell, uid: str) -> None:
    from app.handover.reports.views import rows_of

    house = shell.house
    form, rows = rows_of(house.reports, house.papers, house.reports.draft(uid))
    _preview(shell, form.id, rows, [uid])


def _drills(shell: Shell) -> Iterator[Fact]:
    house = shell.house
    if not house.store.sitter.may(Right.DRILLS):
        return
    today = house.today()
    coming = house.drills.between(today, today + timedelta(days=SOON_DAYS))
    walked = [one for one in coming if one.done_on is None and one.manner == MANNERS[0]]
    for drill in walked:
        for word, paper in _OF_DRILL:
            title = house.papers[paper].title
            if _unprinted(shell, [drill.uid], f"：{title}"):
                on = drill.planned_on
                yield _fact(
                    f"{drill.kind}演练{word}",
                    f"{on.month}月{on.day}日用",
                    partial(_print_drill, shell, drill, paper),
                )


def _print_drill(shell: Shell, drill: Drill, paper: str) -> None:
    house = shell.house
    view = house.doing.views[house.papers[paper].source.partition(".")[2]]
    _preview(shell, paper, view({"number": drill.number}), [drill.uid])


def _months(shell: Shell) -> Iterator[Fact]:
    """Yield the roster of this month, and of the next one from a week before it begins."""
    house = shell.house
    if not house.store.sitter.may(Right.DUTIES):
        return
    today = house.today()
    for first in dict.fromkeys(
        day.replace(day=1) for day in (today, today + timedelta(days=SOON_DAYS))
    ):
        about = month_noted(f"{first:%Y-%m}")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        if house.duties.seats.kept(first, last) and _unprinted(shell, [about]):
            where = {"month": f"{first:%Y-%m}"}

            def press(about: str = about, where: dict[str, str] = where) -> None:
                rows = house.view(house.papers[_MONTH].source)(where)
                _preview(shell, _MONTH, rows, [about])

            yield _fact(f"{first.month}月值班表 1份", "贴在值班室", press)


def month_noted(month: str) -> str:
    """Return what a note about the printed roster of a month, as 2026-11, is about."""
    return f"{_MONTH} {month}"
