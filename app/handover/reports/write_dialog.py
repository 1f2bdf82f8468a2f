"""The dialogs of a report: its words, when it went out, why it is one of nothing, its records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.core.values import show
from app.handover.reports.book import LABELS
from app.handover.reports.figures import Behind, Figure
from app.handover.reports.register import ReportRegister
from app.handover.reports.views import recipient_of
from app.handover.reports.words import NAMES, WAYS, Kind
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.details import Part
from app.ui.editor import FormEditor
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, rule, vbox

_TEXT = "text_"  # before the key of a paragraph among the blanks
_MOST = 200  # records listed behind one number
Go = Callable[[str, str], object]


def open_words(
    parent: QWidget, register: ReportRegister, uid: str, people: Sequence[str]
) -> FormEditor:
    """Open the words of a report to be changed; what is left as it is follows its numbers."""
    made = register.draft(uid)
    report, kind = made.report, Kind(made.report.kind)
    fields = [
        Field(_TEXT + text.key, text.label + ("（改过）" if text.is_own else ""), "long")
        for text in made.texts
    ]
    fields += [
        Field("recipient", LABELS["recipient"]),
        Field("reporter", LABELS["reporter"], "person"),
        Field("signer", LABELS["signer"], "person"),
    ]
    values: dict[str, Any] = {_TEXT + text.key: text.words for text in made.texts}
    values |= {"recipient": recipient_of(register, made)}
    values |= {"reporter": report.reporter, "signer": report.signer}

    def save(said: dict[str, Any]) -> None:
        texts = {text.key: said[_TEXT + text.key] or "" for text in made.texts}
        to = said["recipient"] or ""
        register.write(
            uid,
            texts=texts,
            recipient=None if to == register.forms[kind].to else to,
            reporter=said["reporter"],
            signer=said["signer"],
            seen=report.rev,
        )

    editor = FormEditor(
        Form("report", NAMES[kind], tuple(fields)),
        save,
        parent,
        values,
        sources=_people(register, people),
        title=f"改{NAMES[kind]}的文字 {report.number}",
    )
    note = "没有改的段落跟着数字走；改过的留着，数字变了会提醒。清空一段就回到自动写的。"
    editor.put_on_top(_on_top(label(note, "note", wrap=True)))
    for text in made.texts:
        if text.is_own:
            words = partial(str, text.usual)
            editor.offer_below(_TEXT + text.key, [("用自动写的", words)])
    editor.open()
    return editor


def open_sending(
    parent: QWidget, register: ReportRegister, uid: str, people: Sequence[str]
) -> FormEditor:
    """Ask when a report went out, how, to whom and by whom."""
    made = register.draft(uid)
    report, now = made.report, register.now().replace(second=0, microsecond=0)
    fields = (
        Field("sent_at", "报送时间", "moment", required=True),
        Field("way", "报送方式", "choice", required=True, choices=WAYS),
        Field("recipient", "报给谁", required=True),
        Field("by", "报送人", "person", required=True),
        Field("reason", "补录原因", width=90),
    )
    before = register.sendings(uid)
    values = {
        "sent_at": now,
        "way": before[-1].way if before else None,
        "recipient": recipient_of(register, made),
        "by": report.reporter or (before[-1].by if before else register.store.sitter.name) or None,
    }
    due = register.due_at(Kind(report.kind), report.period)
    said = f"最迟{show(due)}。" if due else ""
    again = "这是更正，迟不迟仍看第一次。" if before else ""
    word = "登记更正" if before else "登记报送"
    editor = FormEditor(
        Form("sending", word, fields),
        lambda given: register.send(uid, **given) and None,
        parent,
        values,
        sources=_people(register, people),
        title=f"{word} {report.number}",
        word=word,
    )
    told = f"{said}{again}报出去的文字和数字照现在的样子留一份。隔天再登记的算补录，要写原因。"
    editor.put_on_top(_on_top(label(told, "note", wrap=True)))
    editor.open()
    return editor


def ask_zero(
    parent: QWidget,
    register: ReportRegister,
    kind: Kind,
    period: str,
    then: Callable[[str], object],
) -> FormEditor | None:
    """Report in one press that nothing happened; ask why where something was entered."""
    said = register.speaks_against(kind, period)
    if not said:
        then(register.zero(kind, period).uid)
        return None
    editor = FormEditor(
        Form("zero", "零报告", (Field("reason", "为什么还按零报告报", "long", required=True),)),
        lambda given: then(register.zero(kind, period, reason=given["reason"]).uid),
        parent,
        title="零报告",
        word="按零报告报",
    )
    told = f"{said}要写清情况，请取消，再按“写{NAMES[kind]}”。"
    editor.put_on_top(_on_top(label(told, "body", "late", wrap=True)))
    editor.open()
    return editor


def show_behind(parent: QWidget, figure: Figure, go: Go) -> Sheet | None:
    """List the records a number was counted from; each opens in its own room."""
    if not figure.behind:
        go(figure.room, "")
        return None
    sheet: Sheet

    def leave(one: Behind) -> None:
        sheet.accept()
        go(one.room, one.uid)

    parts: list[Part] = [label(f"{figure.label}：{figure.said}", "h2", wrap=True)]
    for one in figure.behind[:_MOST]:
        day = show(one.on) if one.on else ""
        link = button("去看", "link", press=partial(leave, one))
        link.setAccessibleName(f"去看{one.what}")
        parts += [rule(), hbox(label(day, "note"), (label(one.what, wrap=True), 1), link)]
    if len(figure.behind) > _MOST:
        parts.append(label(f"只列出前{_MOST}条，共{len(figure.behind)}条。", "note"))
    close = button("关闭", press=lambda: sheet.accept())
    sheet = Sheet(parent, "这个数字是怎么来的", vbox(*parts, gap=t.XS), (None, close))
    sheet.open()
    return sheet


def choose_one(
    parent: QWidget, title: str, choices: Sequence[tuple[str, str]], then: Callable[[str], object]
) -> Sheet:
    """Offer a few things as lines to press; ``then`` hears the key of the one that was pressed."""
    sheet: Sheet

    def take(key: str) -> None:
        sheet.accept()
        then(key)

    lines = [button(word, "plain", press=partial(take, key)) for key, word in choices]
    cancel = button("取消", press=lambda: sheet.reject())
    sheet = Sheet(parent, title, vbox(label(title, "h2"), *lines, gap=t.S), (None, cancel))
    sheet.open()
    if lines:
        lines[0].setFocus()
    return sheet


def _people(register: ReportRegister, people: Sequence[str]) -> Sources:
    offers = [Offer(name, name, search_text(name)) for name in people]
    return Sources(
        lists={"person": lambda: offers, "recipient": lambda: _known(register)},
        today=lambda: register.now().date(),
    )


def _known(register: ReportRegister) -> list[str]:
    """Return to whom reports went before, and whom their forms name."""
    found = [line.first.recipient for line in register.lines() if line.first]
    return list(dict.fromkeys([*found, *(form.to for form in register.forms.values() if form.to)]))


def _on_top(part: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(vbox(part, edge=(t.XL, t.M, t.XL, 0)))
    return made
