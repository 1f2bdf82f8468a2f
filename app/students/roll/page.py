"""The page of those who have left: when, how and to where; and cleaning up after the years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.students.roll.leavers import Leaver
from app.students.roll.register import TurnRegister
from app.students.roll.thin_dialog import ThinDialog
from app.students.roll.thinning import ThinningDesk
from app.students.roll.turns_dialog import open_return
from app.students.rules import Status
from app.ui.details import Details, facts
from app.ui.errors import show_error
from app.ui.exporting import Giving, add_list
from app.ui.pages import Chip, Column, Facet, LedgerPage, Memory, Row, leading
from app.ui.papers import Papers
from app.ui.widgets import Pill, button, hbox, label, vbox

DONE, MOVED, UNDATED = "done", "moved", "undated"
_LIST = ListForm(
    "LB-02",
    "离校学生名单",
    (
        SheetColumn("姓名", 12, "name"),
        SheetColumn("怎样离校", 10, "status"),
        SheetColumn("离校时的班", 18, "class_name"),
        SheetColumn("日期", 12, "left_on"),
        SheetColumn("去向、说明", 34, "words"),
    ),
    unit="人",
)


class LeaverPage(LedgerPage):
    """Who has graduated or moved away, the latest first; they are counted nowhere."""

    title = "离校"
    topics = frozenset({"student", "student_turn", "school_class", "setting"})
    hint = "搜索：姓名、拼音首字母、去向"
    help_text = (
        "毕业和转出的学生在这里，不计入在读；选中后按“回执证明”，家长信的回执照样查得到。\n"
        "转回来的学生，选中后按“复学、转回”。\n"
        "资料不能一直留着：离校满几年（学校自己定，平常3年）清理一次，只留姓名、班级、"
        "离校日期和回执；回执也满了年数（平常6年），就全部清掉。\n"
        "清理是一次有原因的操作，清掉的不能恢复。"
    )

    def __init__(
        self,
        roll: TurnRegister,
        memory: Memory | None = None,
        *,
        prove: Callable[[QWidget, str], object] | None = None,
        papers: Papers | None = None,
        giving: Giving | None = None,
        to_roster: Callable[[], object] | None = None,
    ) -> None:
        """``prove`` opens the letters and receipts of one who has left."""
        self._roll, self._desk, self._prove = roll, ThinningDesk(roll), prove
        self._lines: dict[str, Leaver] = {}
        super().__init__(
            columns=(
                Column("姓名", 5),
                Column("怎样离校", 4, "note"),
                Column("离校时的班", 7),
                Column("日期", 6, "note"),
                Column("去向、说明", 0),
            ),
            chips=(
                Chip(DONE, "毕业"),
                Chip(MOVED, "转出"),
                Chip(UNDATED, "没有日期", "soon", "dot"),
            ),
            facets=(Facet("year", "哪一年"), Facet("class", "离校时的班")),
            empty=leading(
                "还没有离校的学生。升级时毕业的、在名册里登记转出的，都收在这里。",
                "到名册",
                to_roster,
            ),
            memory=memory,
        )
        add_list(
            self,
            roll.students.store,
            _LIST,
            lambda: self._lines.items(),
            papers=papers,
            asks_why=True,
            giving=giving,
        )
        if self._may(Right.MANAGE):
            self.add_action("清理资料…", self.clean)

    def read(self) -> Sequence[Row]:
        """Return a line a leaver."""
        lines = self._roll.leavers()
        self._lines = {line.uid: line for line in lines}
        self._remind()
        return [_row(line) for line in lines]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many have left."""
        return f"离校 {total} 人" if shown == total else f"列出 {shown} 人，离校共 {total} 人"

    def details(self, uid: str | None) -> QWidget:
        """Show how one came, moved about and left."""
        if uid is None:
            return label("点一名学生，这里显示经过。", "note", wrap=True)
        line = self._lines[uid]
        head = hbox(
            label(line.name, "h1"),
            label(line.class_name, "note"),
            None,
            Pill(line.status, "hold", "plain"),
        )
        about = facts(
            (
                ("离校日期", show(line.left_on) if line.left_on else "没有记"),
                ("去向、说明", line.words),
                ("监护人", line.pupil.guardian1 or ""),
                ("联系电话", line.pupil.phone1 or ""),
            )
        )
        turns = [label(f"{show(t.on)}　{t.bare}", wrap=True) for t in self._roll.turns(uid)]
        parts = [("离校", about), ("学籍经过", vbox(*turns or [label("没有记录", "note")]))]
        foot = []
        if self._may(Right.EDIT_STUDENTS):
            foot.append(button("复学、转回", press=lambda: self._take_back(line)))
        if self._prove is not None and self._may(Right.RECEIVE):
            foot.append(button("回执证明", press=partial(self._prove, self, uid)))
        return Details([head], parts, foot)

    def clean(self) -> None:
        """Look what is due, and clean it up."""
        try:
            ThinDialog(self, self._desk).open()
        except UserError as error:
            show_error(self, error)

    def _take_back(self, line: Leaver) -> None:
        open_return(self, self._roll, [line.pupil])

    def _remind(self) -> None:
        due = self._desk.due() if self._may(Right.MANAGE) else None
        if not due:
            self.put_note()
            return
        said = f"{len(due.thin) + len(due.drop)} 人的资料到了清理的时候"
        self.put_note(label(said, "note", "soon"))

    def _may(self, right: Right) -> bool:
        return self._roll.students.store.sitter.may(right)


def _row(line: Leaver) -> Row:
    tags = {DONE: line.status == Status.DONE, MOVED: line.status == Status.MOVED}
    tags[UNDATED] = line.left_on is None
    day = line.left_on.isoformat() if line.left_on else ""
    return Row(
        line.uid,
        (line.name, line.status, line.class_name, day, line.words),
        search=search_text(line.name),
        tags=frozenset(tag for tag, is_so in tags.items() if is_so),
        facets={
            "year": f"{line.left_on.year}年" if line.left_on else "没有日期",
            "class": line.class_name,
        },
    )
