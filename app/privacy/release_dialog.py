"""Before a list with personal data leaves: to whom, what for, on what basis, which columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.files import put
from app.core.forms import Field, Form
from app.privacy.releases import BASES, ReleaseBook, Request
from app.ui.asking import tell
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.errors import show_error
from app.ui.files import choose_place
from app.ui.widgets import label

_SPREADSHEET = "Excel 表格 (*.xlsx)"
_LEVELS = ("上报", "班主任", "内部")
_NOTE = (
    "这张表里有学生的个人信息。给谁、做什么用、依据是什么，都会记下（个人信息保护法第23条），"
    "“谁看过”里查得到。级别越往上报，能给的越少：上报只有打了星号的姓名和电话，班主任没有健康和家庭情况。"
)


def ask_release(
    parent: QWidget, book: ReleaseBook, what: str, room: str, rows: Sequence[Mapping[str, Any]]
) -> FormEditor | None:
    """Ask all that is asked, then where to; write the list and the line about it."""
    if not rows:
        tell(parent, "列表里一个人也没有，没有可以导出的。")
        return None
    by_label = {text: key for key, text in book.columns(room, rows[0], "内部")}
    form = Form(
        "data_release",
        f"导出{what}",
        (
            Field("receiver", "给谁（单位和人）", required=True, width=60),
            Field("purpose", "做什么用", required=True, width=60),
            Field("basis", "依据", "choice", required=True, choices=BASES, width=60),
            Field("level", "级别", "choice", required=True, choices=_LEVELS),
            Field("columns", "给哪几栏", "many", required=True, choices=tuple(by_label)),
        ),
    )

    def save(said: dict[str, Any]) -> None:
        open_keys = [key for key, _ in book.columns(room, rows[0], said["level"])]
        wanted = [by_label[text] for text in said["columns"]]
        if shut := [text for text in said["columns"] if by_label[text] not in open_keys]:
            raise UserError(
                f"“级别”是{said['level']}，不能给：{'、'.join(shut)}。",
                do="请去掉这几栏，或者换一个级别。",
            )
        request = Request(
            said["receiver"], said["purpose"], said["basis"], said["level"], tuple(wanted)
        )
        ask_place(parent, book, (what, room, rows), request)

    editor = FormEditor(form, save, parent, sources=Sources(today=book.today), title=f"导出{what}")
    editor.put_on_top(_note())
    editor.open()
    return editor


def ask_place(
    parent: QWidget,
    book: ReleaseBook,
    of: tuple[str, str, Sequence[Mapping[str, Any]]],
    request: Request,
) -> None:
    """Ask where to; only then is the list made and its line written."""
    what, room, rows = of

    def write(path: Any) -> None:
        try:
            put(path, book.release(what, room, [dict(row) for row in rows], request))
        except UserError as error:
            show_error(parent, error)
            return
        tell(
            parent,
            f"导出好了，一共{len(rows)}人。",
            detail="这张表不加密，用完请删掉；拷给别人的，请对方也保管好。",
        )

    name = f"{what}_{book.today():%Y%m%d}.xlsx"
    choose_place(parent, f"导出{what}", _SPREADSHEET, name, write)


def _note() -> QWidget:
    made = label(_NOTE, "note", "seal", wrap=True)
    made.setContentsMargins(24, 12, 24, 4)
    return made
