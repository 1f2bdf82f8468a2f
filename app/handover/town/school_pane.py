"""One school beside the list: why to call it, what its files told, the files themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.values import show
from app.handover.town.records import TownFile
from app.handover.town.register import TownRegister
from app.handover.town.standing import Standing
from app.ui.details import Details, Part, facts
from app.ui.history import HistoryPane
from app.ui.widgets import Pill, Shape, hbox, label, vbox

_LABELS = {"area": "片区", "phone": "电话", "name": "学校名称", "kind": "学校类型", "code": "代码"}
_LABELS |= {"trusted_on": "核对签名的日期", "trusted_by": "谁核对的签名", "public_key": "签名"}
_LABELS |= {"expected_from": "从哪天起要报", "mismatched_on": "签名对不上的日期"}
_LABELS |= {"closed_on": "撤并日期", "closed_why": "撤并原因", "closed_by": "谁登记的撤并"}
_MOST_FILES = 12


def details_of(register: TownRegister, one: Standing, foot: Sequence[QPushButton]) -> Details:
    """Return what is shown of a school, with these buttons below."""
    calls: list[Part] = [
        hbox(Shape("late", "late"), (label(words, wrap=True), 1)) for words in one.calls()
    ]
    pill = Pill("要打电话", "late", "late") if calls else None
    if one.is_closed:
        words = f"{show(one.closed_on)}登记：{one.closed_why}。以前报的都留着，不再催报。"
        calls, pill = [label(words, wrap=True)], Pill("已撤并", "none", "plain")
    title = hbox((label(one.name, "h2", wrap=True), 1), *([pill] if pill else []))
    head: list[Part] = [title, label(_said(one), "note", wrap=True)]
    parts: list[tuple[str, Part]] = [
        ("打电话", vbox(*(calls or [label("没有要打电话的事。")]), gap=4)),
        ("情况", _facts(register, one)),
        ("文件", _files(register.files(one.uid))),
        ("改动历史", HistoryPane(register.store, one.uid, _LABELS)),
    ]
    return Details(head, parts, list(foot))


def _facts(register: TownRegister, one: Standing) -> Part:
    receipts = f"应收{one.issued}份，已收{one.returned}份" if one.issued else "还没有发过信"
    duty = f"排到{show(one.duty_until)}" if one.duty_until else "文件里没有值班表"
    since = show(one.expected_from) if one.expected_from else "从它第一次报的那一周起"
    return facts(
        (
            ("隐患", f"未销账{one.open}条，逾期{one.overdue}条，重大{one.major}条"),
            ("上周周报", str(one.weekly)),
            ("要报", since),
            ("本月演练", f"{one.drills}次"),
            ("家长信回执", receipts),
            ("值班表", duty),
            ("电话", one.phone),
            ("签名", _signature(register.roster.fingerprint(one.uid), one)),
        )
    )


def _signature(fingerprint: str, one: Standing) -> str:
    if not fingerprint:
        return "还没有交过文件"
    if one.is_mismatched:
        return f"{fingerprint}，对不上"
    return f"{fingerprint}，{'已核对' if one.is_trusted else '还没有核对'}"


def _said(one: Standing) -> str:
    span = f"{show(one.first_on)}到{show(one.last_on)}" if one.first_on and one.last_on else ""
    made = f"最近一份{show(one.made_on)}生成" if one.made_on else "还没有交过文件"
    return " · ".join(part for part in (one.code, one.area, made, span) if part)


def _files(files: Sequence[TownFile]) -> QWidget:
    made = QWidget()
    lines = [
        label(
            f"第{file.seq}份　{show(file.taken_at)}收　共{sum(file.rows.values())}行　{file.name}",
            "note",
            wrap=True,
        )
        for file in files[:_MOST_FILES]
    ]
    if len(files) > len(lines):
        lines.append(label(f"更早的还有{len(files) - len(lines)}份。", "note"))
    made.setLayout(vbox(*(lines or [label("还没有。", "note")]), gap=2))
    return made
