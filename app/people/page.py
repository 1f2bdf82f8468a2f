"""The staff page: who works here or helps, what they may do on duty, who is away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.sheets import Pasted, read_book
from app.core.store import Store
from app.people import absence_dialog, details_pane, staff_dialog
from app.people.absence_dialog import Clashes
from app.people.absences import AbsenceRegister
from app.people.guess_dialog import open_guess
from app.people.importing import MEANINGS, plan_staff
from app.people.listing import SHEET, post_words
from app.people.records import Staff
from app.people.register import StaffRegister, row_of
from app.people.rules import FULL
from app.ui.details import Details
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.importing import add_import, open_import
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label

REASONS = ("调离", "退休", "离职", "不再来帮忙", "重复登记")
_AHEAD = timedelta(days=370)  # no roster hangs out for longer
OWN, LEADER, LESS, AWAY, OUTSIDE = "own", "leader", "less", "away", "outside"

_COLUMNS = (
    Column("姓名", 6),
    Column("性别", 3, "note", spare=True),
    Column("职务", 8),
    Column("能做什么", 0),
    Column("值班分量", 6, "note", spare=True),
    Column("联系电话", 8, "note"),
    Column("今天", 5, "note", spare=True),
)
_CHIPS = (
    Chip(OWN, "教职工"),
    Chip(LEADER, "带班领导", "accent"),
    Chip(OUTSIDE, "校外人员"),
    Chip(LESS, "减量、不值夜"),
    Chip(AWAY, "今天不在", "soon"),
)
_FACETS = (
    Facet("post", "职务"),
    Facet("kind", "是什么人"),
    Facet("can", "能做什么", is_sorted=True),
)


class StaffPage(LedgerPage):
    """Lists the staff, leaders first, then who helps from outside."""

    title = "教职工"
    hint = "搜索：姓名、拼音首字母、电话"
    topics = frozenset({"staff", "staff_absence", "duty_post"})
    help_text = (
        "登记隐患时的排查人、责任人，都从这份名单里选；带班领导排在前面。\n"
        "名单可以导入，也可以一位一位登记。导入时空白的格子不会擦掉原来的内容。\n"
        "“能做什么”是排班用的：没有登记的排不到。按“按职务填写”，先看猜得对不对，再写进去。\n"
        "兼职、临近退休的，在“值班分量”里写百分之几和原因；孕期、哺乳期的选“不值夜”。\n"
        "保安、家长志愿者、民警、社区人员也登记在这里，不算教职工人数，也不会当成责任人。\n"
        "有人调走或退休，选中后按“离校”：这里不再列出，以前的记录里还有他的名字。"
    )

    def __init__(
        self,
        store: Store,
        register: StaffRegister,
        form: Form,
        *,
        absences: AbsenceRegister,
        absence_form: Form,
        today: Callable[[], date],
        asked: Callable[[], Sequence[str]] = tuple,
        clashes: Clashes = lambda *_: (),
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``asked`` returns the abilities that posts ask for."""
        self._store, self._register, self._form = store, register, form
        self._absences, self._absence_form = absences, absence_form
        self._today, self._asked, self._clashes = today, asked, clashes
        self._papers, self._people = papers, dict[str, Staff]()
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=_FACETS,
            empty=Empty(
                "还没有教职工名单。",
                "导入名单" if store.sitter.may(Right.IMPORT) else "",
                self.import_list,
            ),
            memory=memory,
        )
        may = store.sitter.may
        if may(Right.PEOPLE):
            self.add_action("登记一位", self.enter, kind="primary", icon="plus")
        if may(Right.IMPORT):
            add_import(self, self.import_list)
        if may(Right.PEOPLE):
            self.add_action("按职务填写", self.guess)
        if papers is not None:
            self.add_action("打印", menu=[("名单（当前列表）", self.print_list)])
        add_export(self, store, SHEET, lambda: self._people.items())

    def read(self) -> Sequence[Row]:
        """Return a line a person."""
        away = {line.person_uid: line.kind for line in self._absences.on(self._today())}
        self._people = {staff.uid: staff for staff in self._register.everybody()}
        unsaid = sum(not staff.abilities for staff in self._people.values())
        told = unsaid and self._may(Right.PEOPLE) and self._asked()
        words = f"{unsaid}人还没有填“能做什么”，排班时排不到" if told else ""
        self.put_note(*([label(words, "note", "soon")] if words else []))
        return [_row(staff, away.get(staff.uid, "")) for staff in self._people.values()]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many people there are."""
        return f"共 {total} 人" if shown == total else f"列出 {shown} 人，共 {total} 人"

    def details(self, uid: str | None) -> QWidget:
        """Show one person: what they may do, when they are away, what changed."""
        if uid is None:
            return label("点一位教职工，这里显示详细情况。", "note", wrap=True)
        staff = self._register.get(uid)
        may, may_roster = self._may(Right.PEOPLE), self._may(Right.DUTIES)
        labels = {field.key: field.label for field in self._form.fields if field.sensitive < 2}
        away = details_pane.away(
            self._absences,
            self._absences.of(uid),
            self._today(),
            self.open_absence if may_roster else None,
        )
        foot = [
            button("改正", "primary", press=partial(self.open, uid)),
            button("登记请假", press=partial(self.enter_absence, uid)),
            button("离校", press=partial(self._leave, uid)),
        ]
        parts = (
            ("情况", details_pane.known(staff, self._store)),
            ("请假外出", away),
            ("历史", HistoryPane(self._store, uid, labels)),
        )
        return Details(details_pane.head(staff), parts, foot if may else ())

    def open(self, uid: str) -> None:
        """Correct one person."""
        if self._may(Right.PEOPLE):
            staff = self._register.get(uid)
            staff_dialog.open_correction(self, self._register, self._form, self._asked(), staff)

    def enter(self) -> None:
        """Enter somebody new."""
        staff_dialog.open_new(self, self._register, self._form, self._asked())

    def enter_absence(self, uid: str = "") -> None:
        """Enter when somebody is away."""
        absence_dialog.open_new(
            self, self._absences, self._absence_form, self._today, self._clashes, whom=uid
        )

    def open_absence(self, uid: str) -> None:
        """Put an absence right."""
        one = self._absences.get(uid)
        absence_dialog.open_correction(
            self, self._absences, self._absence_form, self._today, self._clashes, one
        )

    def guess(self) -> None:
        """Offer what each post usually does."""
        open_guess(self, self._register)

    def import_list(self, pasted: Pasted | None = None) -> None:
        """Read a spreadsheet, show what it would do, and do it on a press."""
        open_import(
            self,
            title="导入教职工名单",
            plan=lambda path, mapping, answers: plan_staff(
                self._register, read_book(path), mapping=mapping, answers=answers
            ),
            carry_out=self._register.carry_out,
            meanings=MEANINGS,
            pasted=pasted,
        )

    def print_list(self) -> None:
        """Print the list as it is filtered."""
        assert self._papers is not None
        rows = [row_of(self._people[uid]) for uid in self.shown_uids()]
        note = self._store.note
        self._papers.preview(
            self,
            "staff_list",
            rows,
            words=self.filter_text(),
            done=lambda how: note(f"{how}：教职工名单"),
        )

    def _leave(self, uid: str) -> None:
        name = self._register.get(uid).name

        def leave(reason: str) -> None:
            self._register.leave(uid, reason)
            today = self._today()
            found = self._clashes([uid], today, today + _AHEAD)
            absence_dialog.say_clashes(self, found)

        ask_void(self, "教职工离校", REASONS, leave, whom=name)

    def _may(self, right: Right) -> bool:
        return self._store.sitter.may(right)


def _row(staff: Staff, away: str) -> Row:
    able = tuple(staff.abilities or ())
    tags = {
        OWN: not staff.is_outside,
        LEADER: staff.is_leader,
        LESS: staff.weight < FULL or staff.no_nights,
        AWAY: bool(away),
        OUTSIDE: staff.is_outside,
    }
    cells = (
        staff.name,
        staff.sex,
        post_words(staff),
        "、".join(able),
        details_pane.share_words(staff),
        staff.phone,
        away,
    )
    return Row(
        staff.uid,
        cells,
        f"{search_text(staff.name)} {staff.kind} {staff.phone or ''}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"post": staff.post or "没有职务", "kind": staff.kind, "can": able or ("没有登记",)},
    )
