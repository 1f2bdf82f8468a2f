"""The dialogs that sign a step: one for each, with only the blanks that step needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.hazards.album import AFTER
from app.hazards.doubts_dialog import DoubtEditor
from app.hazards.grading import doubts as grade_doubts
from app.hazards.grading_pane import graded, join_grading, with_grades, with_makers
from app.hazards.records import Hazard
from app.hazards.register import HazardRegister
from app.hazards.signing import PlanFacts
from app.hazards.standing import Signature
from app.hazards.words import SIGNER, WORDS, Step, Verdict
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

# What the button that signs a step says.
ACTS: Mapping[Step, str] = {
    Step.ASSESS: "填评估意见",
    Step.REPORT: "填报告情况",
    Step.WATCH: "填监控措施",
    Step.TREAT: "填整改情况",
    Step.ACCEPT: "填验收意见",
    Step.CLOSE: "销账",
}
SETTLE = "定整改措施"
_DAY = {Step.WATCH: "开始日期", Step.TREAT: "整改完成日期"}
_SKIP_REASONS = ("一般隐患，校内处理，不需上报", "隐患轻微，不影响使用", "当天已整改，不需看守")
_HOW = ("电话", "书面", "平台", "当面")
_FACTS = ("grade", "to", "how")
_PLAN = (
    Field("measures", "整改措施", "long", required=True),
    Field("owner", "责任人", "person", required=True),
    Field("due_on", "整改时限", "date", required=True),
)


def open_step(
    parent: QWidget,
    register: HazardRegister,
    hazard: Hazard,
    sources: Sources,
    *,
    said: Mapping[str, Any] | None = None,
) -> FormEditor:
    """Open the dialog of the step that waits: first of all the plan, where work has none yet.

    ``said`` is what somebody has said of it already, elsewhere on paper.
    """
    step = Step(str(hazard.step))
    if step is Step.TREAT and hazard.plan.missing():
        return open_plan(parent, register, hazard, sources)
    scheme = register.grades.scheme()
    form = step_form(step, grade=hazard.grade, grades=scheme.words)
    if step is not Step.ASSESS:
        values = dict(said or {})
        reply = register.notices.replied(hazard.uid) if step is Step.TREAT else None
        if reply and not values and hazard.round == 1:  # what the slip said stands there already
            values = {"words": reply.words, "on": reply.finished_on}
        return _open(parent, register, hazard, sources, form=form, values=values, step=step)
    form = with_grades(form, scheme, own=hazard.grade)
    values = {key: getattr(hazard, key) for key in ("grade", "grading", "clause")}
    offered = with_makers(sources, scheme)
    editor = _open(parent, register, hazard, offered, form=form, values=values, step=step)
    join_grading(editor)
    return editor


def open_skip(
    parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
) -> FormEditor:
    """Open the dialog that says a general hazard does without the step that waits."""
    step = Step(str(hazard.step))
    form = Form(
        f"hazard_skip_{step.name.lower()}",
        f"{hazard.number} 无需{step}",
        (
            Field("by", "决定人", "person", required=True),
            Field("on", "决定日期", "date", required=True),
            Field("words", "为什么不需要", width=90, required=True),
        ),
    )
    offered = dict(sources.lists) | {"words": lambda: _SKIP_REASONS}
    wider = Sources(offered, sources.recent, sources.keep_photo, sources.load_photo, sources.today)
    return _open(parent, register, hazard, wider, form=form, values={}, step=step, is_skipped=True)


def open_plan(
    parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
) -> FormEditor:
    """Open the dialog that settles what is done, by whom and by when."""
    form = Form("hazard_plan", f"{hazard.number} {SETTLE}", _PLAN)
    values = {"measures": hazard.measures, "owner": hazard.owner, "due_on": hazard.due_on}
    editor = FormEditor(
        form,
        lambda v: register.settle(hazard.uid, **v, seen=hazard.rev),
        parent,
        values,
        sources=sources,
    )
    editor.open()
    return editor


def step_form(step: Step, *, grade: str, grades: Sequence[str]) -> Form:
    """Return the blanks of a step, in the order one says them."""
    fields = [
        Field("by", SIGNER[step], _signer_kind(step), required=True),
        Field("on", _DAY.get(step, f"{step}日期"), "date", required=True),
        Field("words", WORDS[step], "long"),
    ]
    if step is Step.ASSESS:
        words = tuple(grades) if grade in grades else (*grades, grade)
        fields.insert(2, Field("grade", "隐患等级", "choice", required=True, choices=words))
    elif step is Step.REPORT:
        fields.insert(2, Field("to", "报告给谁"))
        fields.insert(3, Field("how", "报告方式", "choice", choices=_HOW))
    elif step is Step.ACCEPT:
        verdicts = tuple(str(verdict) for verdict in Verdict)
        fields.insert(2, Field("verdict", "验收结论", "choice", required=True, choices=verdicts))
        fields.insert(3, Field("due_on", "不合格的，再改到", "date"))
    word = AFTER if step is Step.TREAT else step
    fields.append(Field("photo", f"{word}照片", "photo"))
    return Form(f"hazard_{step.name.lower()}", ACTS[step], tuple(fields))


def _signer_kind(step: Step) -> str:
    return "people" if step is Step.ACCEPT else "person"


def _open(
    parent: QWidget,
    register: HazardRegister,
    hazard: Hazard,
    sources: Sources,
    *,
    form: Form,
    values: Mapping[str, Any],
    step: Step,
    is_skipped: bool = False,
) -> FormEditor:
    def doubts(said: dict[str, Any]) -> list[str]:
        if not said.get("by") or not isinstance(said.get("on"), date):
            return []
        signature = Signature(step, _name(said["by"]), said["on"], said.get("words") or "")
        about = grade_doubts(said["grade"] or "", **graded(said)) if "grade" in said else []
        return [*register.doubts(hazard.uid, signature), *about]

    def save(said: dict[str, Any]) -> None:
        register.sign(
            hazard.uid,
            step,
            by=_name(said["by"]),
            on=said["on"],
            words=said.get("words") or "",
            is_skipped=is_skipped,
            verdict=said.get("verdict"),
            facts={key: said[key] for key in _FACTS if said.get(key)}
            | (graded(said) if "grade" in said else {}),
            attachments=said.get("photo") or (),
            seen=hazard.rev,
            **_again(said),
        )

    title = form if is_skipped else Form(form.id, f"{hazard.number} {form.title}", form.fields)
    editor = DoubtEditor(title, save, parent, values=values, sources=sources, doubts=doubts)
    editor.open()
    return editor


def _again(said: Mapping[str, Any]) -> PlanFacts:
    failed = said.get("verdict") == Verdict.FAILED and said.get("due_on")
    return {"due_on": said["due_on"]} if failed else {}


def _name(by: str | list[str]) -> str:
    return by if isinstance(by, str) else "、".join(by)
