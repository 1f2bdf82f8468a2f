"""What stands beside the list of reports: how one stands, its numbers, its words, its sendings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.values import show
from app.handover.reports.figures import Figure
from app.handover.reports.lines import Line
from app.handover.reports.records import ReportSending
from app.handover.reports.rules import late_words
from app.handover.reports.words import Standing
from app.handover.reports.writing import Changed, Draft, Text
from app.ui import theme as t
from app.ui.details import Part, facts
from app.ui.flow import Flow
from app.ui.widgets import Pill, Shape, button, flush, hbox, label, rule, vbox

_LONG = 12  # characters a link may have beside its name
LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.SENT: ("done", "done"),
    Standing.ZERO: ("done", "done"),
    Standing.LATE: ("done", "soon"),
    Standing.AMEND: ("late", "late"),
    Standing.DRAFT: ("work", "plain"),
    Standing.OWED: ("late", "late"),
    Standing.SOON: ("soon", "soon"),
    Standing.AHEAD: ("none", "plain"),
    Standing.FREE: ("", "plain"),
}


def head(line: Line, due_at: datetime | None, basis: str) -> list[Part]:
    """Return which report it is, how it stands, and until when it was asked for, by whom."""
    first = line.first
    asked = first.due_at if first else due_at
    due = f"最迟{show(asked)}" if asked else "没有规定期限"
    parts: list[Part] = [
        hbox((label(line.title, "h2"), 1), Pill(str(line.standing), *LOOKS[line.standing])),
        label(f"{line.report.name} · {line.report.number}", "note", wrap=True),
        label("，".join(filter(None, (due, basis))), "note", wrap=True),
    ]
    if line.late:
        parts.append(label(line.late, "body", "late"))
    if line.amend is not None:
        parts.append(label(f"{line.amend.said}。请改好再报一次。", "body", "late", wrap=True))
    if line.report.is_zero:
        why = f"：{line.report.zero_reason}" if line.report.zero_reason else ""
        parts.append(label(f"零报告{why}", "body", "done", wrap=True))
    return parts


def numbers(figures: Sequence[Figure], look: Callable[[Figure], object]) -> Part:
    """Return the numbers; each that was counted from records opens them."""
    if not figures:
        return label("这份报告没有要数的数字。", "note")
    pairs: list[tuple[str, str | Part]] = []
    for figure in figures:
        said: Part
        if figure.behind or figure.room:
            is_long = len(figure.said) > _LONG
            link = button("看记录" if is_long else figure.said, "link", press=partial(look, figure))
            link.setAccessibleName(f"{figure.label}{figure.said}，看是哪些")
            above = [label(figure.said, wrap=True)] if is_long else []
            said = vbox(*above, hbox(flush(link), None), gap=0)
        else:
            tone = "soon" if figure.value is None else ""
            said = label(figure.said, "body", tone, wrap=True)
        pairs.append((figure.label, said))
    return facts(pairs)


def words(
    made: Draft,
    accept: Callable[[str], object] | None,
    restore: Callable[[str], object] | None,
) -> Part:
    """Return the paragraphs, and which numbers changed since somebody wrote one."""
    parts: list[Part] = []
    for number, text in enumerate(made.texts):
        if number:
            parts.append(rule())
        parts.append(label(text.label + ("（改过）" if text.is_own else ""), "note"))
        parts.append(label(text.words, wrap=True))
        if text.is_own:
            parts += _own(text, accept, restore)
    return vbox(*parts, gap=t.XS)


def _own(
    text: Text,
    accept: Callable[[str], object] | None,
    restore: Callable[[str], object] | None,
) -> list[Part]:
    parts: list[Part] = []
    if text.changed:
        parts.append(news("这一段改过以后，数字变了：", text.changed))
    if accept is None or restore is None:
        return parts
    links = [button("用自动的", "link", press=partial(restore, text.key))]
    links[0].setAccessibleName(f"{text.label}：不用改过的，用自动写的")
    if text.changed:
        keep = button("我看过了，不用改", "link", press=partial(accept, text.key))
        keep.setAccessibleName(f"{text.label}：数字变了，文字不用改")
        links.append(keep)
    row = QWidget()
    row.setLayout(Flow(*links))
    return [*parts, row]


def news(before: str, changed: Sequence[Changed]) -> QWidget:
    """Return a yellow strip that names the numbers that changed."""
    said = before + "；".join(one.said for one in changed) + "。"
    strip = QWidget()
    strip.setObjectName("news")
    strip.setLayout(
        hbox(Shape("soon", "soon"), (label(said, "note", "soon", wrap=True), 1), edge=t.S)
    )
    strip.setStyleSheet(f"#news {{ background: {t.SOON_BG}; }}")
    return strip


def sendings(sent: Sequence[ReportSending], void: Callable[[ReportSending], object] | None) -> Part:
    """Return each time a report went out; the last may be taken back."""
    if not sent:
        return label("还没有报送。写好以后按“登记报送”，记下几点、怎么报的。", "note", wrap=True)
    parts: list[Part] = []
    for one in sent:
        title = "报送" if one.turn == 1 else f"第{one.turn}次（更正）"
        late = late_words(one.sent_at, one.due_at) if one.turn == 1 else ""
        said = f"{title}：{show(one.sent_at)}，{one.way}，报给{one.recipient}，{one.by}"
        parts.append(label(said, wrap=True))
        more = [late, f"{show(one.entered_at)}补录：{one.reason}" if one.reason else ""]
        if told := "，".join(filter(None, more)):
            parts.append(label(told, "note", "late" if late else "soon", wrap=True))
    if void is not None:
        last = button("作废最后一次报送", "link", press=partial(void, sent[-1]))
        parts.append(hbox(flush(last), None))
    return vbox(*parts, gap=t.XS)
