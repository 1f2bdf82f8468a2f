"""The page of the pupils who are cared for: who, how closely, when next; why, after the eye."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.forms import Form
from app.core.imports import Plan
from app.core.listing import ListForm, SheetColumn
from app.core.roles import Right
from app.core.sheets import Pasted, read_book
from app.students.care import details_pane as pane
from app.students.care.act_dialog import open_act, open_end, open_record, open_return, open_review
from app.students.care.edit_dialog import open_correction, open_new
from app.students.care.file_dialog import open_file
from app.students.care.importing import carry_out, plan_care
from app.students.care.old_list import MEANINGS
from app.students.care.reading import CareLine, Opened
from app.students.care.records import facts_of
from app.students.care.register import CareRegister
from app.students.care.rows_pane import ENDED, LATE, OPEN, SOON, UNDATED, row_of
from app.students.care.rules import Level
from app.students.care.scale_dialog import open_scale
from app.students.care.views import named, visit_of
from app.ui.asking import tell
from app.ui.details import Details, Part
from app.ui.exporting import list_entry
from app.ui.giving import Give, add_giving
from app.ui.importing import Source, add_import, open_import
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.seal import Eye, Guard
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label

_VOID_REASONS = ("重复登记", "登记错了", "选错了学生")
_LIST = ListForm(
    "LB-17",
    "关注学生名单",
    (
        SheetColumn("班级", 16, lambda line: line.pupil.class_name),
        SheetColumn("姓名", 12, lambda line: line.pupil.name),
        SheetColumn("级别", 8, "level"),
        SheetColumn("包保人", 12, "caretaker"),
        SheetColumn("情况", 10, "state"),
        SheetColumn("下次", 12, "next_on"),
        SheetColumn("最近一次", 12, "last_on"),
    ),
    unit="人",
)


class CarePage(LedgerPage):
    """Lists the pupils cared for, late ones first."""

    title = "关注"
    topics = frozenset({"care", "care_act", "student", "school_class", "setting"})
    hint = "搜索：姓名、拼音首字母、班级"
    help_text = (
        "需要关注的学生，一人一条。勾了类别，登记时才出现那一类要填的内容；不收分数、名次和量表答卷。\n"
        "级别按填的情况建议，并写明为什么；您可以另定，写一句原因。\n"
        "按回车就给选中的学生记一笔：谈心、辅导、家访、电话、物资、活动、转介。"
        "记过以后，下次日期自动往后推；最后一天不算逾期。\n"
        "类别、依据和记录内容平时盖住；按“显示保密内容”才看得到，谁、什么时候看过，都会记下。\n"
        "“一生一档”里是这名学生的全部资料，打印前要写用途和批准人。"
        "名单不写类别和依据，知情卡不写病名；上报只有人数，少于3人写成“<3”。\n"
        "班主任只看得到自己班的学生，也只能登记自己班的。"
    )

    def __init__(
        self,
        register: CareRegister,
        *,
        form: Form,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        guard: Guard | None = None,
        memory: Memory | None = None,
        give: Give | None = None,
    ) -> None:
        """``give`` writes the list for somebody outside, after asking who and why."""
        self._register, self._form, self._papers, self._people = register, form, papers, people
        self._lines: dict[str, CareLine] = {}
        self._number = 0  # how many are looked after; counted once a read, not at every key
        self._opened: Mapping[str, Opened] = {}
        super().__init__(
            columns=(
                Column("级别", 3, "mark"),
                Column("姓名", 4),
                Column("班级", 4.8),
                Column("关注类别", 0, "sealed"),
                Column("依据", 0, "sealed", spare=True),
                Column("包保人", 4, spare=True),
                Column("下次", 4.4, "status"),
            ),
            chips=(
                Chip(OPEN, "关注中", is_on=True),
                Chip(Level.FIRST, "一级", "late", "3"),
                Chip(Level.SECOND, "二级", "soon", "2"),
                Chip(Level.THIRD, "三级", shape="1"),
                Chip(LATE, "逾期", "late", "late"),
                Chip(SOON, "七日内", "soon", "soon"),
                Chip(UNDATED, "没定日期", "soon", "none"),
                Chip(ENDED, "已解除", shape="hold"),
            ),
            facets=(
                Facet("class", "班级"),
                Facet("category", "类别", is_sorted=True),
                Facet("caretaker", "包保人", is_sorted=True),
            ),
            empty=self._first_step(),
            memory=memory,
        )
        self._add_actions(guard, give)
        self.filters.choose("category", "")  # nothing is known of it while it is covered

    def unseal(self, is_open: bool) -> None:
        """Open or cover what is sealed; covered, nothing is narrowed by category."""
        if not is_open:
            self.filters.choose("category", "")
        super().unseal(is_open)

    def read(self) -> Sequence[Row]:
        """Return a line a pupil, also those who are released; sealed cells only while open."""
        lines = self._register.lines()
        self._lines = {line.uid: line for line in lines}
        self._number = sum(line.is_open for line in lines)
        self._opened = self._register.sealed() if self.is_unsealed else {}
        today = self._register.today()
        return [row_of(line, self._opened.get(line.uid), today) for line in lines]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many pupils are cared for."""
        number = self._number
        if shown == number and not self.filters.is_narrowed():
            return f"关注中 {number} 人，逾期在前"
        return f"列出 {shown} 人，关注中 {number} 人"

    def details(self, uid: str | None) -> QWidget:
        """Show one pupil: level, who looks after it, what is sealed, what was done."""
        if uid is None:
            return label("点一名学生，这里显示级别、情况和帮扶记录。", "note", wrap=True)
        line, care = self._lines[uid], self._register.get(uid)
        if not self.is_unsealed and uid not in self._opened:
            self._opened = {}
        opened = self._opened.get(uid)
        look = partial(self._look_at, uid) if self._may(Right.SEE_SEALED) else None
        correct = partial(self._correct_act, uid) if self._may(Right.CARE) else None
        parts: list[tuple[str, Part]] = [
            ("情况", pane.open_facts(care, line)),
            ("保密栏", pane.sealed_part(self._register.labels, opened, look)),
            ("帮扶记录", pane.records(self._register.acts(uid), opened, correct)),
            ("改动历史", pane.story(self._register, self._form, uid)),
        ]
        head = [*pane.head(line, self._register.today()), pane.level_box(line, opened)]
        head += pane.doubt(care, self._register.proposal(care.student_uid, facts_of(care)))
        return Details(head, parts, self._foot(line))

    def open(self, uid: str) -> None:
        """Write down what was done for this pupil; one who is released is cared for again."""
        if not self._may(Right.CARE):
            return
        act = open_record if self._lines[uid].is_open else open_return
        act(self, self._register, self._people(), self._register.get(uid))

    def enter(self) -> None:
        """Enter a pupil to be cared for."""
        open_new(self, self._register, self._form, self._people(), self.choose)

    def correct(self, uid: str) -> None:
        """Put a line right."""
        care = self._register.get(uid)
        open_correction(self, self._register, self._form, self._people(), care)

    def _correct_act(self, uid: str, act_uid: str) -> None:
        open_act(self, self._register, self._people(), self._register.get(uid), act_uid)

    def import_list(self, pasted: Pasted | None = None) -> None:
        """Bring in the school's old list, after a look at what it would do."""

        def plan(
            path: Source, mapping: Mapping[str, str] | None, answers: Mapping[str, str] | None
        ) -> Plan:
            return plan_care(self._register, read_book(path), mapping=mapping, answers=answers)

        open_import(
            self,
            title="导入关注名单",
            plan=plan,
            carry_out=partial(carry_out, self._register),
            meanings=MEANINGS,
            pasted=pasted,
        )

    def print_sheet(self) -> None:
        """Print what a class teacher and a PE teacher must know, a class a page."""
        self._print("care_first_aid", self._register.views["first_aid"]({}))

    def print_counts(self) -> None:
        """Print how many pupils there are in each category, as the town may know it."""
        self._print("care_counts", self._register.views["counts"]({}))

    def print_visit(self) -> None:
        """Print the sheet to take along to the chosen pupil's home; blank without one."""
        uid = self.chosen_uid()
        rows = [visit_of(self._lines[uid].pupil, None)] if uid else []
        self._papers.preview(self, "care_visit", rows, done=self._noting("care_visit", uid))

    def open_file(self, uid: str) -> None:
        """Show all that is kept of one child."""
        open_file(self, self._register, self._papers, self._lines[uid].pupil.uid, self._people())

    def _rows_in_sight(self) -> list[Mapping[str, Any]]:
        """Return the lines in sight for a spreadsheet, with what the eye has opened of them."""
        return [
            named(self._lines[uid]) | (dict(self._opened[uid].facts) if uid in self._opened else {})
            for uid in self.shown_uids()
        ]

    def _print(self, paper_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            tell(self, "没有要打印的学生。", detail="先登记特异体质的学生，再打印知情卡。")
            return
        self._papers.preview(self, paper_id, rows, done=self._noting(paper_id))

    def _noting(self, paper_id: str, uid: str | None = None) -> Callable[[str], None]:
        title = self._papers.forms[paper_id].title
        return lambda how: self._register.store.note(f"{how}：{title}", about=uid)

    def _foot(self, line: CareLine) -> list[QPushButton]:
        if not self._may(Right.CARE):
            may = self._may(Right.SEE_SEALED)
            return [button("一生一档", press=partial(self.open_file, line.uid))] if may else []
        if not line.is_open:
            back = self._opening(open_return, line.uid)
            return [
                button("恢复关注", "primary", press=back),
                button("一生一档", press=partial(self.open_file, line.uid)),
                self._more(line),
            ]
        return [
            button("记一笔", "primary", press=self._opening(open_record, line.uid)),
            button("复核", press=self._opening(open_review, line.uid)),
            button("一生一档", press=partial(self.open_file, line.uid)),
            self._more(line),
        ]

    def _more(self, line: CareLine) -> QPushButton:
        void = partial(self._register.void, line.uid)
        ask = partial(
            ask_void, self, "作废 学生关注", _VOID_REASONS, void, whom=line.pupil.name, stays=_STAYS
        )
        entries: list[Entry] = [("更正", partial(self.correct, line.uid))]
        if line.is_open:
            entries.append(("解除关注", self._opening(open_end, line.uid)))
        return button("更多", menu=[*entries, None, ("作废", ask)])

    def _opening(self, dialog: Callable[..., object], uid: str) -> Callable[[], object]:
        return lambda: dialog(self, self._register, self._people(), self._register.get(uid))

    def _look_at(self, uid: str) -> None:
        """Open what is sealed of this one pupil, until another is chosen."""
        self._opened = self._register.sealed(uid)
        self.table.chosen.emit()

    def _cover_again(self) -> None:
        """Cover what was opened of one pupil; the eye closes by itself."""
        if self._opened and not self.is_unsealed:
            self._opened = {}
            self.table.chosen.emit()

    def _first_step(self) -> Empty:
        if self._may(Right.CARE):
            return Empty("还没有登记关注的学生。", "登记关注", self.enter)
        return Empty("这里还没有登记关注的学生。")

    def _add_actions(self, guard: Guard | None, give: Give | None) -> None:
        if self._may(Right.CARE):
            self.add_action("登记关注", self.enter, kind="primary", icon="plus")
        if self._may(Right.IMPORT):
            add_import(self, self.import_list)
        if self._may(Right.MANAGE):
            self.add_action("定级标准…", lambda: open_scale(self, self._register, self._form))
        if self._may(Right.SEE_SEALED):
            papers: list[Entry] = [
                list_entry(
                    self,
                    self._register.store,
                    _LIST,
                    lambda: self._lines.items(),
                    papers=self._papers,
                    word="关注名单（当前列表）",
                ),
                ("班级知情卡（特异体质）", self.print_sheet),
                ("分类人数（上报）", self.print_counts),
                ("家访记录表（选中的学生，带去填）", self.print_visit),
            ]
            self.add_action("打印", menu=papers)
            store, rows = self._register.store, self._rows_in_sight
            add_giving(self, store, give, what="重点关注名册", room="care", rows=rows)
            eye = Eye(guard)
            eye.opened.connect(self.unseal)
            self.add_tool(eye)
            self.add_tool(label("看一次记一次", "note", "seal"))
        if guard is not None:
            guard.covered.connect(self._cover_again)

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)


_STAYS = (
    "作废后不再列出，帮扶记录也一起收起；回收站里还能找到，可以恢复。"
    "不再需要关注的，请用“解除关注”。"
)
