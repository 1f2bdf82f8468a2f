"""What stands beside the ledger: one hazard, its eight steps, its pictures, its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from app.core.values import show
from app.hazards.further import asked_above_text, five_text, known_of, money_text
from app.hazards.grades import is_major
from app.hazards.grading import sentence
from app.hazards.records import Hazard, HazardNotice, HazardStep
from app.hazards.rows_pane import LOOKS
from app.hazards.standing import is_overdue, status
from app.hazards.words import SIGNER, STEPS, Side, Step
from app.ui import theme as t
from app.ui.details import facts
from app.ui.widgets import Pill, StepStrip, button, hbox, label, vbox
from app.ui.widgets import Step as Shown

_FACTS = {
    "met_on": "研判会",
    "keeper": "专人",
    "measures": "临时防控：",
    "look_on": "下次复看",
    "due_on": "新时限",
    "sheet": "检查记录",
}


def head(hazard: Hazard, today: date) -> list[QWidget | QLayout]:
    """Return what a hazard is called and how it stands."""
    step = Step(hazard.step) if hazard.step else None
    word = status(step, hazard.plan, today, is_old=hazard.is_old, aside=hazard.aside)
    pills = [Pill(word, *LOOKS[word])]
    if hazard.is_old:
        pills.append(Pill("旧账"))
    if hazard.step and hazard.found_on.year < today.year:
        pills.append(Pill("结转"))
    words = f"{hazard.place}：{hazard.what}" if hazard.place else hazard.what
    if t.is_large() and hazard.place:
        words = hazard.place  # what is wrong stands behind a tab, so that eight steps have room
    name = label(words, "h2", wrap=True)
    said = (hazard.number, hazard.grade, hazard.category, hazard.way)
    top = Qt.AlignmentFlag.AlignTop
    row = hbox((name, 1))
    for pill in pills:
        row.addWidget(pill, 0, top)
    return [row, label(" · ".join(word for word in said if word), "note", wrap=True)]


def kin(
    origin: Hazard | None, sprung: Sequence[Hazard], choose: Callable[[str], object]
) -> list[QWidget | QLayout]:
    """Return the way to the hazard this one came back from, and to those it came back as."""
    rows: list[QWidget | QLayout] = []
    for word, other in (("反弹自", origin), *(("反弹，另登记为", one) for one in sprung)):
        if other is not None:
            go = button(other.number, "link", press=partial(choose, other.uid))
            rows.append(hbox(label(word, "note"), go, None, gap=t.XS))
    return rows


def strip(hazard: Hazard, signed: Sequence[HazardStep], today: date) -> QLayout:
    """Return the eight steps, and a line for what an old ledger never told."""
    newest = {record.step: record for record in signed}
    shown = [_shown(step, hazard, newest.get(step), today) for step in STEPS]
    parts: list[QWidget] = [StepStrip(shown)]
    if hazard.is_old and not signed:
        parts.append(
            label("这是旧台账上的记录，以前的步骤没有签过，这里也不补造。", "note", wrap=True)
        )
    if hazard.round > 1:
        parts.append(label(f"第{hazard.round}轮；前几轮的签字在“经过”里。", "note", wrap=True))
    layout: QLayout = vbox(*parts, gap=t.XS)
    return layout


def work(
    hazard: Hazard,
    signed: Sequence[HazardStep],
    album: QLayout,
    risk: str = "",
    campaign: str = "",
) -> QLayout:
    """Return the plan, what came of it, and the pictures before and after."""
    due = show(hazard.due_on)
    if due and hazard.due_is_default:
        due += "（按等级默认，可以改）"
    known = facts(
        (
            ("隐患", hazard.what if t.is_large() else ""),
            ("措施", hazard.measures or ("" if hazard.step is None else "还没有定")),
            ("定级", sentence(hazard.grading, hazard.grade)),
            ("判定条款", hazard.clause or ""),
            ("退回", hazard.returned or ""),
            ("挂账专人", hazard.keeper or ""),
            ("临时防控", _interim(signed) if hazard.is_shelved else ""),
            ("下次复看", show(hazard.look_on)),
            ("责任人", hazard.owner or ""),
            ("时限", due),
            ("整改", _said(hazard.fixed_on, hazard.result)),
            *_further(hazard),
            ("专项行动", campaign),
            ("风险点", risk),
            ("备注", hazard.remark or ""),
            ("旧账原话", _own_words(hazard)),
        )
    )
    layout: QLayout = vbox(known, album, gap=t.S)
    return layout


def story(
    signed: Sequence[HazardStep],
    notices: Sequence[HazardNotice],
    demands: Sequence[str] = (),
) -> QLayout:
    """Return every signature in its words, round by round, the notices, and what was demanded."""
    told: list[tuple[str, str]] = []
    for record in signed:
        word = f"{record.step}（第{record.round}轮）" if record.round > 1 else record.step
        told.append((f"{_short(record.signed_on)} {word}", _told(record)))
    for notice in notices:
        told.append((f"{_short(notice.issued_on)} 通知书", _notice(notice)))
    told += [("督办", demand) for demand in demands]
    return facts(told)


def _shown(step: Step, hazard: Hazard, record: HazardStep | None, today: date) -> Shown:
    waits = hazard.step == step
    if waits:
        due = _short(hazard.due_on) if step is Step.TREAT else ""
        return Shown(step, due, _waiting(hazard, step, today), "now")
    passed = hazard.step is None or STEPS.index(step) < STEPS.index(Step(hazard.step))
    if record is None or not passed:
        return Shown(step, state="skip" if passed else "todo")
    if record.is_skipped:
        return Shown(step, "", record.words or "无需", "skip")
    words = record.verdict or record.words
    return Shown(step, _short(record.signed_on), f"{record.signed_by} {words}".strip(), "done")


def _waiting(hazard: Hazard, step: Step, today: date) -> str:
    """Say what is waited for, and how long it has been late."""
    if hazard.look_on:
        past = f"，过了{(today - hazard.look_on).days}天" if today > hazard.look_on else ""
        return f"挂账，{_short(hazard.look_on)}复看{past}"
    if hazard.returned:
        return "退回来了"
    if step in (Step.ACCEPT, Step.CLOSE):
        return "等签字"
    late = is_overdue(hazard.due_on, today) and hazard.due_on
    since = f"逾期{(today - late).days}天" if late else ""
    if step is not Step.TREAT:
        return since or "等签字"
    if (missing := hazard.plan.missing()) and not hazard.is_old:
        return f"还没有定{'、'.join(missing)} {since}".strip()
    return f"{hazard.owner or ''} {since or '整改中'}".strip()


def _told(record: HazardStep) -> str:
    facts_said = record.facts or {}
    said = [
        f"{SIGNER[record.step]}{record.signed_by}",
        "无需" if record.is_skipped else record.verdict or "",
        f"等级{facts_said['grade']}" if facts_said.get("grade") else "",
        sentence(facts_said.get("grading"), facts_said.get("grade", "")),
        f"判定条款：{facts_said['clause']}" if facts_said.get("clause") else "",
        "".join(str(facts_said.get(key, "")) for key in ("how", "to")),
        record.words,
        *(f"{label}{facts_said[key]}" for key, label in _FACTS.items() if facts_said.get(key)),
    ]
    return "，".join(part for part in said if part)


def _interim(signed: Sequence[HazardStep]) -> str:
    """Return what is done meanwhile, as it was decided when the hazard was put on record."""
    said = [record.facts or {} for record in signed if record.step == Side.SHELVE]
    return str(said[-1].get("measures", "")) if said else ""


def _notice(notice: HazardNotice) -> str:
    said = f"{notice.number} 发给{notice.person}"
    if notice.received_on:
        said += f"，{_short(notice.received_on)}{notice.received_by}签收"
    if notice.replied_on:
        said += f"，{_short(notice.replied_on)}交回回执：{notice.reply}"
    return said


def _further(hazard: Hazard) -> list[tuple[str, str]]:
    """Return what few records say, and for a 重大 hazard which of the five things are there."""
    known = known_of(hazard)
    copied = (hazard.platform or "上级平台", hazard.platform_number or "", show(hazard.copied_on))
    return [
        ("五到位", five_text(known) if is_major(hazard.grade) else ""),
        ("可能后果", hazard.consequence or ""),
        ("原因", hazard.cause or ""),
        ("责任认定", hazard.liability or ""),
        ("责任部门", hazard.department or ""),
        ("资金", money_text(hazard.cost, hazard.funds)),
        ("上级投入", asked_above_text(known)),
        ("应急预案", hazard.emergency or ""),
        ("季节时段", "、".join((*(hazard.seasons or ()), *(hazard.hours or ())))),
        ("已录", " ".join(filter(None, copied)) if hazard.copied_on else ""),
    ]


def _own_words(hazard: Hazard) -> str:
    if not hazard.own_words:
        return ""
    kept = ("隐患类别", "隐患等级", "整改情况", "备注")
    return "，".join(f"{key}“{hazard.own_words[key]}”" for key in kept if key in hazard.own_words)


def _said(on: date | None, words: str | None) -> str:
    return "，".join(part for part in (f"{show(on)}完成" if on else "", words or "") if part)


def _short(day: date | None) -> str:
    return f"{day:%m-%d}" if day else ""
