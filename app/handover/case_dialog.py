"""Asking for a case file: which event, which pupils, which blanks one by one, to whom and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.handover.cases import FIELDS, Case, CaseDesk
from app.handover.stick import said_of
from app.handover.townkey import TownKey
from app.handover.townkey_dialog import choose_key
from app.privacy import BASES
from app.ui.asking import ask, tell
from app.ui.blanks import Sources
from app.ui.choice_blanks import Offer
from app.ui.editor import FormEditor
from app.ui.errors import show_error
from app.ui.files import choose_place
from app.ui.widgets import label

_OTHER = "另选一份公钥文件（县里等）"
_KIND = "密封的事件包 (*.age)"
_NOTE = (
    "事件包里有学生的真实姓名，只在上级依法要的时候才做：一个事件一份，只给要用的那几名学生、那几栏，"
    "密封给镇里或者你另选的公钥（县里等），和平常的数据文件分开。给谁、做什么用、依据是什么，都会记进“对外提供登记”。"
)


def ask_case(parent: QWidget, desk: CaseDesk, given: Mapping[str, Any] | None = None) -> FormEditor:
    """Ask all that is asked, then where to; write the file and the line about it.

    ``given`` is what is known already, by the keys of the form.
    """
    pupils = desk.pupils()
    by_title = {column.title: column.name for column in FIELDS}
    town = desk.town_keys.town()
    ways = [*([town.name] if town else []), _OTHER]
    offers = [Offer(name, name, search_text(name)) for name in pupils]

    def save(said: dict[str, Any]) -> None:
        if strange := [name for name in said["pupils"] if name not in pupils]:
            raise UserError(
                f"名册里没有“{strange[0]}”。", do="请打出姓名或拼音首字母，从下面列出的人里选。"
            )
        case = Case(
            title=said["title"],
            pupils=tuple(pupils[name] for name in said["pupils"]),
            keys=tuple(by_title[title] for title in said["columns"]),
            receiver=said["receiver"],
            purpose=said["purpose"],
            basis=said["basis"],
        )
        shown = desk.preview(case)
        if said["sealed"] == _OTHER:
            choose_key(parent, lambda key: _ask_all(parent, desk, case, shown, key))
        else:
            _ask_all(parent, desk, case, shown, town)

    sources = Sources(lists={"pupils": lambda: offers}, today=desk.today)
    known = {"sealed": ways[0]} | dict(given or {})
    editor = FormEditor(
        _form(tuple(by_title), tuple(ways)),
        save,
        parent,
        known,
        sources=sources,
        title="生成事件包",
        word="密封生成",
    )
    note = label(_NOTE, "note", "seal", wrap=True)
    note.setContentsMargins(24, 12, 24, 4)
    editor.put_on_top(note)
    editor.open()
    return editor


def _form(columns: tuple[str, ...], ways: tuple[str, ...]) -> Form:
    return Form(
        "case_file",
        "事件包",
        (
            Field("title", "什么事件", required=True, width=60),
            Field("pupils", "哪几名学生", "people", required=True, width=60),
            Field("columns", "给哪几栏，一栏一栏选", "many", required=True, choices=columns),
            Field("receiver", "给谁（单位和人）", required=True, width=60),
            Field("purpose", "做什么用", required=True, width=60),
            Field("basis", "依据", "choice", required=True, choices=BASES, width=60),
            Field("sealed", "密封给谁", "choice", required=True, choices=ways, width=60),
        ),
    )


def _ask_all(
    parent: QWidget, desk: CaseDesk, case: Case, shown: Sequence[str], key: TownKey | None
) -> None:
    """Show exactly what leaves and to whom, and go on only when somebody has looked."""
    whom = key.name if key else ""
    ask(
        parent,
        f"就给出这些，密封给“{whom}”，对吗？",
        yes="看过了，密封",
        detail="\n\n".join(shown),
        then=partial(_ask_place, parent, desk, case, key),
    )


def _ask_place(parent: QWidget, desk: CaseDesk, case: Case, key: TownKey | None) -> None:
    def write(path: Path) -> None:
        try:
            desk.make(path, case, key)
        except UserError as error:
            show_error(parent, error)
            return
        tell(parent, f"事件包密封好了，{len(case.pupils)}名学生。", detail=said_of(path))

    choose_place(parent, "事件包放在哪里", _KIND, desk.file_name(), write)
