"""The page of the pupils: the roster, its sealed columns, lists in and paper out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.forms import Form
from app.core.imports import Plan, Tick
from app.core.roles import Right
from app.core.sheets import Pasted, read_book
from app.students import details_pane as pane
from app.students.columns import MEANINGS
from app.students.consent_dialog import consent_part, open_consent
from app.students.consents import NOT_SAID, Consent, Consents
from app.students.importing import plan_students
from app.students.intake import StudentPlan
from app.students.lines import Pupil
from app.students.register import StudentRegister
from app.students.roll.acts_pane import RollActs
from app.students.roll.register import TurnRegister
from app.students.roster_pane import AWAY, BOARDS, HERE, LEFT, NO_PHONE, row_of
from app.students.rules import Status
from app.students.student_dialog import open_arrival, open_correction, open_new
from app.students.views import roster_row
from app.ui.details import Details, Part
from app.ui.giving import Give, add_giving
from app.ui.importing import Before, Source, add_import, open_import
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.seal import Eye, Guard
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label

_VOID_REASONS = ("重复登记", "登记错了", "不是本校学生")

_COLUMNS = (
    Column("班级", 5.2),
    Column("座号", 2, "note", spare=True),
    Column("姓名", 4),
    Column("性别", 2, "note", spare=True),
    Column("监护人", 4, spare=True),
    Column("联系电话", 7.2, "note"),
    Column("住校", 2, "note", spare=True),
    Column("留守", 4, "note", spare=True),
    Column("家庭情况", 0, "sealed"),
    Column("健康情况", 0, "sealed"),
)
_CHIPS = (
    Chip(HERE, "在读", is_on=True),
    Chip(BOARDS, "住校"),
    Chip(LEFT, "留守", "soon", "dot"),
    Chip(NO_PHONE, "缺电话", "late", "late"),
    Chip(AWAY, "不在校", shape="hold"),
)
_FACETS = (
    Facet("grade", "年级"),
    Facet("class", "班级"),
    Facet("village", "村组", is_sorted=True),
    Facet("travel", "上下学", is_sorted=True),
)


class StudentPage(LedgerPage):
    """The roster by class and seat."""

    title = "学生关注"
    topics = frozenset({"student", "school_class", "setting", "guardian_consent", "letter_receipt"})
    hint = "搜索：姓名、拼音首字母、班级"
    help_text = (
        "名册按班级和座号排列。班级的年级随学年走，每班的入学年份不变。\n"
        "家庭情况、健康情况和备注是保密栏，平时盖住；按“显示保密内容”才看得到，谁、什么时候看过，都会记下。\n"
        "导入时先看预览，按“导入”以前什么都不会写入；空白的格子不会擦掉原来的内容；"
        "名单里没有的学生会列出来，不会删除。\n"
        "身份证号平常只用来认出是同一名学生，不保存；学校要存的，在“学校资料”里勾上。\n"
        "“告知同意”从收回的告知同意书来；口头说的，在右边“登记答复”。"
    )

    def __init__(
        self,
        register: StudentRegister,
        *,
        form: Form,
        papers: Papers,
        guard: Guard | None = None,
        memory: Memory | None = None,
        show_file: Callable[[QWidget, str], object] | None = None,
        prove: Callable[[QWidget, str], object] | None = None,
        say_way: Callable[[QWidget, str], object] | None = None,
        consents: Consents | None = None,
        give: Give | None = None,
    ) -> None:
        """``show_file`` opens all that is kept of one child, ``prove`` its letters and receipts.

        ``say_way`` asks how a child comes to school; ``consents`` knows whose guardian agreed;
        ``give`` writes a list for somebody outside.
        """
        self._register = register
        self._acts = RollActs(self, TurnRegister(register), self._chosen, self._arrive)
        self._show_file, self._prove, self._say_way = show_file, prove, say_way
        self._consents, self._give = consents, give
        self._agreed: Mapping[str, Consent] = {}
        self._form, self._papers = form, papers
        self._pupils: dict[str, Pupil] = {}
        self._opened: Mapping[str, Mapping[str, str]] = {}
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=(*_FACETS, *([Facet("consent", "告知同意")] if consents else [])),
            empty=self._first_step(),
            memory=memory,
        )
        self._add_actions(guard)

    def read(self) -> Sequence[Row]:
        """Return a line a pupil, also those who have left; sealed cells only while open."""
        pupils = self._register.pupils(everybody=True)
        self._pupils = {pupil.uid: pupil for pupil in pupils}
        self._opened = self._register.sealed() if self.is_unsealed else {}
        self._agreed = self._consents.all() if self._consents else {}
        return [row_of(pupil, self._opened.get(pupil.uid, {}), self._agreed) for pupil in pupils]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many pupils are listed."""
        here = sum(pupil.status == Status.HERE for pupil in self._pupils.values())
        if shown == here and not self.filters.is_narrowed():
            return f"在读 {here} 人"
        return f"列出 {shown} 人，在读 {here} 人"

    def details(self, uid: str | None) -> QWidget:
        """Show one pupil: who answers for it, what is sealed, its history."""
        if uid is None:
            return label("点一名学生，这里显示监护人、电话和经过。", "note", wrap=True)
        pupil = self._pupils[uid]
        if not self.is_unsealed and uid not in self._opened:
            self._opened = {}
        look = partial(self._look_at, uid) if self._may(Right.SEE_SEALED) else None
        parts = [
            ("资料", pane.home(pupil)),
            ("保密栏", pane.sealed_part(self._form, self._opened.get(uid), look)),
            *self._consent(uid),
            ("改动历史", pane.story(self._register, self._form, uid)),
        ]
        return Details(pane.head(pupil), parts, self._foot(pupil))

    def open(self, uid: str) -> None:
        """Open a pupil to be put right."""
        if self._may(Right.EDIT_STUDENTS):
            open_correction(self, self._register, self._form, uid, self._opened.get(uid))

    def enter(self) -> None:
        """Enter a new pupil."""
        open_new(self, self._register, self._form, self.choose)

    def _arrive(self, roll: TurnRegister) -> None:
        open_arrival(self, self._register, self._form, roll.take_in, self.choose)

    def move_class(self, uid: str) -> None:
        """Move a pupil to another class."""
        self._acts.move([self._pupils[uid]])

    def promote(self) -> None:
        """Move the whole school on to the next school year."""
        self._acts.promote()

    def import_list(self, pasted: Pasted | None = None) -> None:
        """Bring in a list of pupils, after a look at what it would do."""

        def plan(
            path: Source, mapping: Mapping[str, str] | None, answers: Mapping[str, str] | None
        ) -> Plan:
            book = read_book(path)
            return plan_students(self._register, book, mapping=mapping, answers=answers)

        def carry_out(made: Plan, tick: Tick) -> None:
            assert isinstance(made, StudentPlan)
            self._register.carry_out(made, tick)

        def before(made: Plan) -> Before | None:
            assert isinstance(made, StudentPlan)
            if not made.ahead:
                return None
            why = "先升级，班级就对得上；升级完接着看这份名册的预览。"
            return Before(made.ahead, why, "先一键升级", self._acts.promote)

        open_import(
            self,
            title="导入学生名册",
            plan=plan,
            carry_out=carry_out,
            meanings=MEANINGS,
            before=before,
            pasted=pasted,
        )

    def print_roster(self) -> None:
        """Print the roster of the pupils in sight, a class a page, and say so in its heading."""
        rows = [roster_row(self._pupils[uid]) for uid in self.shown_uids()]
        title = self._papers.forms["roster"].title
        self._papers.preview(
            self,
            "roster",
            rows,
            words=self.filter_text(),
            done=lambda how: self._register.store.note(f"{how}：{title}"),
        )

    def _rows_in_sight(self) -> list[Mapping[str, Any]]:
        """Return the pupils in sight for a spreadsheet, with what the eye has opened of them."""
        return [
            roster_row(self._pupils[uid])
            | {"left_behind": self._pupils[uid].left_behind}
            | dict(self._opened.get(uid, {}))
            for uid in self.shown_uids()
        ]

    def _foot(self, pupil: Pupil) -> list[QPushButton]:
        uid, foot = pupil.uid, []
        more: list[Entry] = []
        if self._show_file is not None and self._may(Right.SEE_SEALED):
            foot.append(button("一生一档", press=partial(self._show_file, self, uid)))
        if self._prove is not None and self._may(Right.RECEIVE):
            foot.append(button("回执证明", press=partial(self._prove, self, uid)))
        is_here = pupil.status == Status.HERE
        if self._say_way is not None and is_here and self._may(Right.BOARDING):
            more.append(("上下学方式", partial(self._say_way, self, uid)))
        if self._may(Right.EDIT_STUDENTS):
            foot.insert(0, button("更正资料", "primary", press=partial(self.open, uid)))
            more.append(("调班", partial(self.move_class, uid)))
            more.append(("作废", partial(self._void, pupil)))
        if more:
            foot.append(button("更多", menu=more))
        return foot

    def _consent(self, uid: str) -> list[tuple[str, Part]]:
        if (consents := self._consents) is None:
            return []
        enter = partial(open_consent, self, consents, uid, self._register.today)
        may = self._may(Right.RECEIVE)
        held = self._agreed.get(uid, NOT_SAID)
        return [("告知同意", consent_part(self._form, held, enter if may else None))]

    def _look_at(self, uid: str) -> None:
        """Open the sealed columns of this one pupil, until another is chosen."""
        self._opened = self._register.sealed(uid)
        self.table.chosen.emit()

    def _cover_again(self) -> None:
        """Cover what was opened of one pupil; the eye closes by itself."""
        if self._opened and not self.is_unsealed:
            self._opened = {}
            self.table.chosen.emit()

    def _void(self, pupil: Pupil) -> None:
        void = partial(self._register.void, pupil.uid)
        stays = "转学、休学、毕业的学生不要作废，请用“学籍和班级”。"
        ask_void(self, "作废 学生资料", _VOID_REASONS, void, whom=pupil.name, stays=stays)

    def _first_step(self) -> Empty:
        if self._may(Right.IMPORT):
            return Empty(
                "还没有学生。导入学校现有的名册，先看预览再写入。", "导入名册", self.import_list
            )
        return Empty("这里还没有您能看的学生。请让安全员导入名册，或者给您指定班级。")

    def _add_actions(self, guard: Guard | None) -> None:
        if self._may(Right.EDIT_STUDENTS):
            self.add_action("登记学生", self.enter, kind="primary", icon="plus")
        if self._may(Right.IMPORT):
            add_import(self, self.import_list)
        if self._may(Right.EDIT_STUDENTS):
            self.add_action("学籍和班级", menu=[*self._acts.turns(), None, *self._acts.years()])
        self.add_action("打印", menu=[("花名册（当前列表）", self.print_roster)])
        store, rows = self._register.store, self._rows_in_sight
        add_giving(self, store, self._give, what="学生名册", room="students", rows=rows)
        if self._may(Right.SEE_SEALED):
            eye = Eye(guard)
            eye.opened.connect(self.unseal)
            self.add_tool(eye)
            self.add_tool(label("看一次记一次", "note", "seal"))
        if guard is not None:
            guard.covered.connect(self._cover_again)

    def _chosen(self) -> list[Pupil]:
        return [self._pupils[uid] for uid in self.chosen_uids()]

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)
