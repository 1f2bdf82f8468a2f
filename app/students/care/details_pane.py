"""What is shown beside the list of one pupil cared for: level, facts, sealed parts, records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from app.core.forms import Form
from app.core.values import show
from app.students.care.filing import told, why
from app.students.care.levels import Proposal
from app.students.care.reading import ActLine, CareLine, Opened
from app.students.care.records import SEALED, Care, CareAct
from app.students.care.register import CareRegister
from app.students.care.rules import OPEN, Level, State, Turn, Way
from app.ui import theme as t
from app.ui.delegates import HIDDEN
from app.ui.details import Part, facts
from app.ui.history import HistoryPane
from app.ui.widgets import Pill, Shape, button, card, hbox, icon_label, label, vbox

LOOKS: Mapping[str, tuple[str, str]] = {
    Level.FIRST: ("3", "late"),
    Level.SECOND: ("2", "soon"),
    Level.THIRD: ("1", "plain"),
}
_SHOWN_ACTS = 12


def due_pill(line: CareLine, today: date) -> tuple[str, str, str]:
    """Return the next date as word, shape and tone."""
    if not line.is_open:
        word = line.state if line.state not in (State.ACTIVE, State.WATCHED) else line.pupil.status
        return word, "hold", "plain"
    if line.next_on is None:
        return "没定", "none", "soon"
    word = f"{line.next_on:%m-%d}"
    if line.is_late:
        return word, "late", "late"
    return (word, "soon", "soon") if (line.next_on - today).days <= 7 else (word, "work", "plain")


def head(line: CareLine, today: date) -> list[Part]:
    """Return the name, the class, and when it is next."""
    pupil = line.pupil
    return [
        hbox(
            label(pupil.name, "h1"),
            label(pupil.class_name, "note"),
            None,
            Pill(*due_pill(line, today)),
        )
    ]


def level_box(line: CareLine, opened: Opened | None) -> QFrame:
    """Return the level with the sentence that explains it, covered until somebody asks."""
    shape, tone = LOOKS[line.level]
    if opened is None:
        words = f"{line.level}：依据已盖住。"
    else:
        words = why(opened.facts)
        if opened.facts["level_reason"]:
            words = f"{line.level}：{words}"
    box = card(hbox(Shape(shape, tone), (label(words, wrap=True), 1)), edge=t.S)
    box.setStyleSheet(f"#card {{ background: {t.TONES[tone][1]}; border: none; }}")
    return box


def doubt(care: Care, found: Proposal) -> list[Part]:
    """Say that the facts ask for another level by now, where nobody settled on one of their own."""
    if care.level == found.level or care.level_reason or care.state not in OPEN:
        return []
    words = f"按现在的记录建议{found.level}，请复核。"
    return [hbox(Shape("soon", "soon"), (label(words, tone="soon", wrap=True), 1))]


def open_facts(care: Care, line: CareLine) -> Part:
    """Return what is in sight without the eye."""
    knows = {True: "已经知道", False: "还不知道", None: ""}[care.told]
    knows = "，".join(filter(None, (knows, show(care.told_on), care.told_how or "")))
    ended = "，".join(filter(None, (show(care.ended_on), f"{care.ended_by or ''}批准")))
    return facts(
        (
            ("包保人", care.caretaker or ""),
            ("下次", "，".join(filter(None, (show(care.next_on), care.every or "")))),
            ("状态", care.state),
            ("建档", show(care.opened_on)),
            ("复核", show(care.reviewed_on)),
            ("监护人", knows or label("还没有告知监护人", tone="soon")),
            ("解除", ended if care.ended_on else ""),
            ("帮扶", f"本学期{line.acts}次" if line.acts else "本学期还没有"),
        )
    )


def sealed_part(
    labels: Mapping[str, str], opened: Opened | None, look: Callable[[], object] | None
) -> Part:
    """Return the categories and the parts they ask for; ●●● until they are opened."""
    if opened is None:
        rows: list[Any] = [
            (name, hbox(icon_label("lock", t.SEAL), _covered(name), None, gap=t.XS))
            for name in ("关注类别", "具体情况")
        ]
        shown = facts(rows)
        if look is None:
            return shown
        return vbox(shown, hbox(button("看这一名", "link", "eye", look), None), gap=t.XS)
    said = [("关注类别", show(opened.facts["categories"]))]
    said += [(labels.get(key, key), text) for key, text in told(opened.facts)]
    return facts((name, label(text, tone="seal", wrap=True)) for name, text in said)


def records(
    acts: Sequence[ActLine],
    opened: Opened | None,
    correct: Callable[[str], object] | None = None,
) -> Part:
    """Return what was done, the newest first; the words are covered until somebody asks."""
    if not acts:
        return label("还没有记录。", "note")
    words = {act.uid: act for act in opened.acts} if opened else {}
    lines: list[Part] = []
    for act in acts[:_SHOWN_ACTS]:
        line = hbox(label(f"{act.done_on:%m-%d}", "note"), label(f"{act.way}　{act.by}"), None)
        if correct is not None and act.way in list(Way):
            change = button("改", "link", press=partial(correct, act.uid))
            change.setAccessibleName(f"改{act.done_on:%m-%d}的{act.way}")
            line.addWidget(change)
        if act.uid in words:
            lines.append(vbox(line, *_words(words[act.uid]), gap=2))
        else:
            if act.way != Turn.OPENED:
                line.insertWidget(2, _covered(f"{act.way}的内容"))
            lines.append(line)
    if len(acts) > _SHOWN_ACTS:
        lines.append(label(f"更早的 {len(acts) - _SHOWN_ACTS} 条在一生一档里。", "note"))
    return vbox(*lines, gap=t.XS)


def story(register: CareRegister, form: Form, uid: str) -> QWidget:
    """Return what was done to this line; of sealed facts only that they changed."""
    labels = {field.key: field.label for field in form.fields if field.key != "student_uid"}
    labels |= {"state": "状态", "ended_on": "解除日期", "reviewed_on": "复核日期"}
    return HistoryPane(register.store, uid, labels, sealed=frozenset(SEALED))


def _words(act: CareAct) -> list[QWidget]:
    said = [act.words or ""]
    if act.condition:
        said.append(f"学生状态：{act.condition}")
    if act.next_step:
        said.append(f"下一步：{act.next_step}")
    if act.photos:
        said.append(f"照片{len(act.photos)}张，按“改”看")
    return [label(text, tone="seal", wrap=True) for text in said if text]


def _covered(name: str) -> QWidget:
    made = label(HIDDEN, "note", "seal")
    made.setAccessibleName(f"{name}已盖住")
    return made
