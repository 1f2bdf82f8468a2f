"""The page of the leaves: who is away, who should be back, the slip in three parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.pinyin import search_text
from app.core.roles import Right
from app.students.boarding import leave_pane as pane
from app.students.boarding.leave_dialog import open_correction, open_end, open_grant, open_new
from app.students.boarding.leave_lines import LeaveLine, listed
from app.students.boarding.leaves import LeaveRegister
from app.students.boarding.rules import Kind, State
from app.ui.asking import tell
from app.ui.details import Details
from app.ui.giving import Give, add_giving
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.seal import Guard
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label

OPEN, LATE_BACK = "open", "late_back"
_REASONS = ("重复登记", "登记错了", "不请假了", "没有批准")

_COLUMNS = (
    Column("状态", 5.4, "status"),
    Column("姓名", 4),
    Column("班级", 4.8),
    Column("类别", 3, "note", spare=True),
    Column("离校", 6, "note", spare=True),
    Column("预计返校", 6, "note"),
    Column("返校", 0, "note"),
    Column("编号", 7, "note", spare=True),
)
_CHIPS = (
    Chip(OPEN, "没有销假", is_on=True),
    Chip(State.LATE, "逾期未返", "late", "late"),
    Chip(State.OUT, "已离校", "soon", "work"),
    Chip(State.ASKED, "待批", "soon", "soon"),
    Chip(State.BACK, "已返校", shape="done"),
    Chip(LATE_BACK, "晚返", "late", "late"),
)
_FACETS = (
    Facet("class", "班级"),
    Facet("kind", "类别", is_sorted=True),
    Facet("dorm", "宿舍", is_sorted=True),
)


class LeavePage(LedgerPage):
    """Lists the leaves, who is not back in time first."""

    title = "请假"
    topics = frozenset({"pupil_leave", "bed", "student", "student_turn", "school_class", "setting"})
    hint = "搜索：姓名、拼音首字母、编号"
    help_text = (
        "学生离校先开请假条：按姓名找到学生，写明时间、事由和谁来接，打一张三联条，"
        "班级、宿管、门卫各拿一联，每一联只印那里要知道的。\n"
        "学生回来，点“销假”，记下现在的时间；早回来的，在“更多”里补填时间。\n"
        "到了预计返校的时间还没有销假，就是逾期未返，在这里和“今日”都标红；晚回来的也一直标红。\n"
        "请假期间转出、休学或毕业的，请假随着离校结束，不再催。\n"
        "事由、接走人和电话平时盖住，看一次记一次。班主任只看得到自己班的。"
    )

    def __init__(
        self,
        register: LeaveRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        guard: Guard | None = None,
        memory: Memory | None = None,
        give: Give | None = None,
    ) -> None:
        """``give`` writes the list for somebody outside, after asking who and why."""
        self._register, self._papers, self._people = register, papers, people
        self._lines: dict[str, LeaveLine] = {}
        self._opened: Mapping[str, str] | None = None
        self._opened_uid = ""
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=_FACETS,
            empty=self._first_step(),
            memory=memory,
        )
        if self._may(Right.BOARDING):
            self.add_action("开请假条", self.enter, kind="primary", icon="plus")
        if self._may(Right.SEE_SEALED):
            menu: list[Entry] = [
                ("请假条（选中的，一条三联）", self.print_slips),
                ("请销假登记表（当前列表）", self.print_list),
            ]
            self.add_action("打印", menu=menu)
        rows = self._rows_in_sight
        add_giving(self, register.store, give, what="请销假名册", room="leaves", rows=rows)
        if guard is not None:
            guard.covered.connect(self._cover_again)

    def read(self) -> Sequence[Row]:
        """Return a line a leave."""
        self._lines = {line.uid: line for line in self._register.lines()}
        return [_row(line) for line in self._lines.values()]

    def _rows_in_sight(self) -> list[Mapping[str, Any]]:
        return [listed(self._lines[uid]) for uid in self.shown_uids()]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many are away, and how many of them should be back."""
        late = sum(line.state is State.LATE for line in self._lines.values())
        said = f"列出 {shown} 条，共 {total} 条"
        return f"{said}，逾期未返 {late} 人" if late else said

    def details(self, uid: str | None) -> QWidget:
        """Show one leave: when, with whom, who answers for it."""
        if uid is None:
            return label("点一条，这里显示时间、去向、谁来接和经过。", "note", wrap=True)
        line = self._lines[uid]
        if self._opened_uid != uid:
            self._opened = None
        look = partial(self._look_at, uid) if self._may(Right.SEE_SEALED) else None
        return Details(
            pane.head(line),
            pane.parts(self._register, line, self._opened, look),
            self._foot(line),
        )

    def open(self, uid: str) -> None:
        """Open what comes next: grant what is asked, put right what is over, else 销假."""
        if not self._may(Right.BOARDING):
            return
        state = self._lines[uid].state
        dialogs = {
            State.ASKED: open_grant,
            State.BACK: open_correction,
            State.OVER: open_correction,
        }
        self._show(dialogs.get(state, open_end), uid)

    def enter(self) -> None:
        """Write a slip; once it is saved, its paper is shown."""

        def then(uid: str) -> None:
            self.choose(uid)
            self.print_one(uid)

        open_new(self, self._register, self._people(), then)

    def end(self, uid: str) -> None:
        """Write down that the pupil is back now."""
        self._register.end(uid)

    def print_one(self, uid: str) -> None:
        """Print the slip of one leave, also again."""
        self._preview("leave_slip", [self._register.slip(uid)])

    def print_slips(self) -> None:
        """Print the slips of what is chosen."""
        if not (uids := self.chosen_uids()):
            tell(self, "先在名单里点一条，再打印请假条。")
            return
        self._preview("leave_slip", [self._register.slip(uid) for uid in uids])

    def print_list(self) -> None:
        """Print the list in sight: no reason, no telephone."""
        rows = [listed(self._lines[uid]) for uid in self.shown_uids()]
        self._preview("leave_list", rows, self.filter_text())

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _foot(self, line: LeaveLine) -> list[QPushButton]:
        uid, foot = line.uid, []
        slip = button("打印请假条", press=partial(self.print_one, uid))
        if not self._may(Right.BOARDING):
            return [slip] if self._may(Right.SEE_SEALED) else []
        more: list[Entry] = [("更正", partial(self._show, open_correction, uid))]
        if line.state is State.ASKED:
            foot.append(button("批准", "primary", press=partial(self._show, open_grant, uid)))
        elif line.state not in (State.BACK, State.OVER):
            foot.append(button("销假", "primary", press=partial(self.end, uid)))
            more.insert(0, ("销假，补填时间", partial(self._show, open_end, uid)))
            if line.state is State.GRANTED:
                foot.append(button("登记离校", press=partial(self._register.depart, uid)))
        void = partial(self._register.void, uid)
        title, whom = f"作废 {line.number}", line.pupil.name
        more += [None, ("作废", partial(ask_void, self, title, _REASONS, void, whom=whom))]
        return [*foot, slip, button("更多", menu=more)]

    def _show(self, dialog: Callable[..., object], uid: str) -> None:
        dialog(self, self._register, self._people(), self._register.get(uid))

    def _look_at(self, uid: str) -> None:
        self._opened, self._opened_uid = self._register.sealed(uid), uid
        self.table.chosen.emit()

    def _cover_again(self) -> None:
        if self._opened is not None:
            self._opened = None
            self.table.chosen.emit()

    def _first_step(self) -> Empty:
        if self._may(Right.BOARDING):
            return Empty("还没有请假的学生。", "开请假条", self.enter)
        return Empty("还没有请假的学生。")

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)


def _row(line: LeaveLine) -> Row:
    pupil = line.pupil
    back = f"{line.returned_at:%m-%d %H:%M}" if line.returned_at else ""
    tags = {
        OPEN: line.state not in (State.BACK, State.OVER),
        str(line.state): True,
        LATE_BACK: line.state is State.BACK and bool(line.late),
    }
    cells = (
        pane.pill(line),
        pupil.name,
        pupil.class_name,
        str(Kind(line.kind)),
        f"{line.from_at:%m-%d %H:%M}",
        f"{line.back_by:%m-%d %H:%M}",
        "，".join(filter(None, (back, line.late))),
        line.number,
    )
    return Row(
        line.uid,
        cells,
        search=f"{search_text(pupil.name)} {pupil.grade}",
        tags=frozenset(tag for tag, is_so in tags.items() if is_so),
        facets={"class": pupil.class_name, "kind": line.kind, "dorm": line.place.dorm},
    )
