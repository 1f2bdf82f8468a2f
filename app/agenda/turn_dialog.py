"""One turn of a rule: how it stands, what was done for it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.agenda.asking import may_open, start_of, way_of
from app.agenda.dues import Dues, Turn
from app.agenda.rules import OPEN, State
from app.agenda.wording import LOOKS
from app.core.evidence import Done
from app.core.forms import Field, Form
from app.core.roles import Right
from app.core.values import show
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.details import facts
from app.ui.editor import FormEditor
from app.ui.sheet import Sheet
from app.ui.void_dialog import ask_void
from app.ui.widgets import Pill, button, hbox, hide_unless, label, vbox

Go = Callable[[str, str], object]
_WAIVE = ("放假，本期免做", "停课，本期免做", "上级通知免报", "上级统一组织，不单独做")
_STAYS = "免做的一期不算欠，记上原因；以后可以取消。"


def open_turn(parent: QWidget, dues: Dues, turn: Turn, go: Go) -> Sheet:
    """Show a turn; ``go`` opens a room at one of its records."""
    rule, standing = turn.standing.rule, turn.standing
    shape, tone = LOOKS[standing.state]
    head = hbox(
        label(f"{standing.period.name}{rule.title}", "h2", wrap=True),
        None,
        Pill(str(standing.state), shape, tone or "plain"),
    )
    body = vbox(head, _known(turn), gap=t.M)
    sheet: Sheet

    def leave(room: str, uid: str) -> None:
        sheet.accept()
        go(room, uid)

    for one in turn.done:
        body.addLayout(_done_line(dues, turn, one, leave, lambda: sheet))
    for one in turn.planned:
        line = label(f"排在{show(one.on)}：{one.what}", wrap=True)
        body.addLayout(hbox((line, 1), _look(dues, turn, one, leave)))
    close = button("关闭", press=lambda: sheet.accept())
    foot = (*_acts(dues, turn, leave, lambda: sheet), None, close)
    sheet = Sheet(parent, rule.title, body, foot)
    sheet.open()
    return sheet


def enter_act(parent: QWidget, dues: Dues, turn: Turn) -> FormEditor:
    """Ask what was handed in or done for this turn, when and by whom."""
    rule, period = turn.standing.rule, turn.standing.period
    word = "登记报送" if rule.evidence == "report" else "登记办结"
    form = Form(
        "rule_act",
        word,
        (
            Field("done_at", "办好的时间", "moment", required=True),
            Field("what", "报了什么、办了什么", "long", required=True),
            Field("by", "经办人", required=True),
            Field("reason", "补录原因", "long"),
        ),
    )

    def save(said: dict[str, Any]) -> None:
        dues.acts.enter(
            rule,
            period,
            done_at=said["done_at"],
            what=said["what"],
            by=said["by"],
            reason=said["reason"] or "",
        )

    now = dues.now().replace(second=0, microsecond=0)
    values = {"done_at": now, "by": dues.book.store.sitter.name}
    made = FormEditor(
        form, save, parent, values, sources=Sources(today=dues.book.today),
        title=f"{word} {period.name}{rule.title}",
    )  # fmt: skip
    made.put_on_top(_why_line(turn))
    made.open()
    return made


def _why_line(turn: Turn) -> QWidget:
    said = f"最迟{turn.standing.period.due_text}。隔天再登记的算补录，要写补录原因。"
    made = QWidget()
    made.setLayout(vbox(label(said, "note", wrap=True), edge=(t.XL, t.M, t.XL, 0)))
    return made


def _known(turn: Turn) -> QLayout:
    standing, rule, period = turn.standing, turn.standing.rule, turn.standing.period
    moves = f"{show(period.reminded_on)}以前提醒" if period.reminded_on else ""
    if period.reminded_on == period.due_on:
        moves = ""
    return facts(
        (
            ("算在这一期", f"{show(period.first)}到{show(period.last)}"),
            ("最迟", period.due_text),
            ("最后一天不上课", moves),
            ("要几次", f"{rule.times}次，做了{standing.times}次"),
            ("迟了多少", standing.late_by),
            ("说明", standing.reason or rule.note),
            ("校历", "日子待定，还可能变" if period.provisional else ""),
            ("依据", label(rule.basis, wrap=True)),
            ("可信", rule.trust_text),
        )
    )


def _done_line(dues: Dues, turn: Turn, one: Done, go: Go, sheet: Callable[[], Sheet]) -> QLayout:
    act = dues.acts.act(one.uid)
    on = show(act.done_at if act else one.on)
    said = f"{on}：{one.what}" + (f"，{act.by}" if act else "")
    entered = act.entered_at if act else _entered(dues, one.uid)
    words = [label(said, wrap=True)]
    if entered is not None and entered.date() > max(turn.standing.period.due_on, one.on):
        reason = f"，{act.reason}" if act and act.reason else ""
        words.append(label(f"{show(entered.date())}补录{reason}", "note", "soon", wrap=True))
    if act is None:
        return hbox((vbox(*words, gap=0), 1), _look(dues, turn, one, go))
    take = partial(dues.acts.void, one.uid)

    def void(reason: str) -> None:
        take(reason)
        sheet().accept()

    drop = button("作废", "link")
    drop.clicked.connect(lambda: ask_void(sheet(), "作废 这次登记", ("登记错了", "重复登记"), void))
    hide_unless(drop, dues.book.store.sitter.may(Right.EXPORT))
    return hbox((vbox(*words, gap=0), 1), drop)


def _entered(dues: Dues, uid: str) -> datetime | None:
    """Return when a record was first written down."""
    history = dues.book.store.history(uid)
    return min((action.at for action, _ in history), default=None)


def _look(dues: Dues, turn: Turn, one: Done, go: Go) -> QPushButton:
    way = way_of(dues, turn.standing.rule)
    made = button("去看", "link", press=lambda: go(way.room, one.uid))
    hide_unless(made, may_open(dues.book.store.sitter, way.room))
    return made


def _acts(dues: Dues, turn: Turn, go: Go, sheet: Callable[[], Sheet]) -> list[QPushButton]:
    rule, period, state = turn.standing.rule, turn.standing.period, turn.standing.state
    sitter, made = dues.book.store.sitter, []
    way = way_of(dues, rule)
    is_open = state in OPEN or state is State.COMING
    may = sitter.may(way.right) and may_open(sitter, way.room)
    if is_open and may and period.first <= dues.now().date():
        if dues.can_be_entered(rule):
            made.append(button(way.word, "primary", press=lambda: _enter(sheet(), dues, turn)))
        else:
            begun = start_of(way, turn)
            made.append(button(way.word, "primary", press=lambda: go(way.room, begun)))
    if not sitter.may(Right.CALENDAR):
        return made

    def waive(reason: str) -> None:
        dues.book.waivers.waive(rule.id, period.key, reason=reason)
        sheet().accept()

    def again() -> None:
        dues.book.waivers.ask_again(rule.id, period.key)
        sheet().accept()

    if state is State.WAIVED:
        made.append(button("取消免做", press=again))
    elif is_open:
        made.append(
            button(
                "本期免做…",
                press=lambda: ask_void(sheet(), f"免做 {period.name}", _WAIVE, waive, stays=_STAYS),
            )
        )
    return made


def _enter(sheet: Sheet, dues: Dues, turn: Turn) -> None:
    sheet.accept()
    enter_act(sheet.parentWidget() or sheet, dues, turn)
