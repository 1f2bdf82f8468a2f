"""The dialogs of a contingency plan: entered, revised, put right, given up; and the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.drills.contingencies.records import Contingency
from app.drills.contingencies.register import LABELS, MOST_BYTES, ContingencyRegister
from app.drills.contingencies.rules import KINDS, MOST_REVIEW_YEARS
from app.ui.blanks import Offer, Sources
from app.ui.document_blank import Document, DocumentBlank
from app.ui.editor import FormEditor

_FIELDS = (
    Field("kind", LABELS["kind"], "choice", required=True, choices=KINDS),
    Field("version", LABELS["version"], required=True),
    Field("title", LABELS["title"], width=60, required=True),
    Field("revised_on", LABELS["revised_on"], "date", required=True),
    Field("approved_by", LABELS["approved_by"], "person"),
    Field("filed_as", LABELS["filed_as"]),
    Field("kept_at", LABELS["kept_at"]),
    Field("document", LABELS["file_name"], "own"),
    Field("changes", LABELS["changes"], "long"),
)
_KEPT = ("安全办档案柜", "档案室", "校长室")


def open_new(
    parent: QWidget,
    register: ContingencyRegister,
    people: Sequence[str],
    then: Callable[[str], object],
    kind: str = "",
) -> FormEditor:
    """Enter a plan; ``then`` hears its uid."""

    def save(said: dict[str, Any]) -> None:
        then(register.enter(**_known(said)).uid)

    title = f"{kind}应急预案" if kind and not kind.endswith("预案") else None
    values = {"kind": kind or None, "title": title}
    return _open(parent, register, people, "登记预案", save, values, again="保存并再登一个")


def open_revision(
    parent: QWidget,
    register: ContingencyRegister,
    people: Sequence[str],
    then: Callable[[str], object],
    found: Contingency,
) -> FormEditor:
    """Enter the next version of a plan; what seldom changes stands there already."""

    def save(said: dict[str, Any]) -> None:
        then(register.revise(found.uid, **_known(said)).uid)

    kept = ("kind", "title", "approved_by", "kept_at")
    values = {key: getattr(found, key) for key in kept}
    values |= {"revised_on": register.today(), "version": f"{register.today().year}版"}
    return _open(parent, register, people, f"登记新版本 {found.number}", save, values)


def open_correction(
    parent: QWidget,
    register: ContingencyRegister,
    people: Sequence[str],
    found: Contingency,
    read: Callable[[], object],
) -> FormEditor:
    """Put a version right; ``read`` opens its text."""

    def save(said: dict[str, Any]) -> None:
        register.correct(found.uid, seen=found.rev, **_known(said, found))

    values = {field.key: getattr(found, field.key, None) for field in _FIELDS}
    values["document"] = Document(found.file_name or "正文.pdf") if found.file else None
    title = f"更正预案 {found.number}"
    return _open(parent, register, people, title, save, values, read=read)


def open_end(parent: QWidget, register: ContingencyRegister, found: Contingency) -> FormEditor:
    """Ask since when a plan holds no longer, and why."""
    fields = (
        Field("on", LABELS["ended_on"], "date", required=True),
        Field("why", LABELS["ended_why"], "long", required=True),
    )
    editor = FormEditor(
        Form("contingency_end", f"停用预案 {found.number}", fields),
        lambda said: register.end(found.uid, **said),
        parent,
        {"on": register.today()},
        sources=Sources(today=register.today),
    )
    editor.open()
    return editor


def open_years(parent: QWidget, register: ContingencyRegister) -> FormEditor:
    """Ask after how many years a plan is to be looked at again."""
    field = Field(
        "years",
        "几年评估修订一次（学校可以自定）",
        "number",
        required=True,
        unit="年",
        width=60,
        min=1,
        max=MOST_REVIEW_YEARS,
    )

    def save(said: dict[str, Any]) -> None:
        register.set_review_years(round(said["years"]))

    values = {"years": Decimal(register.review_years())}
    editor = FormEditor(
        Form("contingency_years", "预案多久评估一次", (field,)), save, parent, values
    )
    editor.open()
    return editor


def _open(
    parent: QWidget,
    register: ContingencyRegister,
    people: Sequence[str],
    title: str,
    save: Callable[[dict[str, Any]], None],
    values: Mapping[str, Any],
    *,
    again: str = "",
    read: Callable[[], object] | None = None,
) -> FormEditor:
    names = [Offer(name, name, search_text(name)) for name in people]
    kept = [line.record.kept_at for line in register.lines() if line.record.kept_at]
    places = list(dict.fromkeys([*kept, *_KEPT]))
    sources = Sources(
        lists={"person": lambda: names, "kept_at": lambda: places}, today=register.today
    )
    sources = replace(
        sources,
        makers={"document": lambda _: DocumentBlank(most_bytes=MOST_BYTES, read=read)},
    )
    form = Form("contingency", title, _FIELDS)
    editor = FormEditor(form, save, parent, values, sources=sources, again=again)
    editor.open()
    return editor


def _known(said: Mapping[str, Any], found: Contingency | None = None) -> dict[str, Any]:
    """Return what was filled in, the PDF as the register takes it."""
    known = dict(said)
    document: Document | None = known.pop("document")
    known["file_name"] = document.name if document else None
    if document is None:
        known["file"] = None
    elif document.data is not None:
        known["data"] = document.data
    elif found is not None:
        known["file"] = found.file
    return known
