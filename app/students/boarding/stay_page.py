"""The page of who stays at the school over the holidays, and its paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.paper.wording import masked
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.students.boarding.stays import LABELS, StayLine, StayRegister
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, facts
from app.ui.editor import FormEditor
from app.ui.giving import Give, add_giving
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, hbox, label

NOW, COMING, PAST = "now", "coming", "past"
_WHO = (
    Field("student_uid", "学生", "student"),
    Field("name", "或者教职工", "person"),
)
_FIELDS = (
    Field("starts_on", LABELS["starts_on"], "date", required=True),
    Field("ends_on", LABELS["ends_on"], "date", required=True),
    Field("place", LABELS["place"], required=True),
    Field("keeper", LABELS["keeper"], "person", required=True),
    Field("phone", LABELS["phone"]),
    Field("remark", LABELS["remark"]),
)


class StayPage(LedgerPage):
    """Lists who stays, the newest holidays first."""

    title = "假期留校"
    topics = frozenset({"stay", "student", "school_class", "setting"})
    hint = "搜索：姓名、拼音首字母、负责教师"
    help_text = (
        "假期里留在学校的学生和教职工都登记在这里：从哪天到哪天、住在哪里、哪位老师负责。\n"
        "学生不填电话，就用名册里监护人的电话；名单里盖住中间几位，打印的名册上是全的。\n"
        "留校的师生由学校统一管理，每个人都要有负责的老师。"
    )

    def __init__(
        self,
        register: StayRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
        give: Give | None = None,
    ) -> None:
        """``give`` writes the list for somebody outside, after asking who and why."""
        self._register, self._papers, self._people = register, papers, people
        self._lines: dict[str, StayLine] = {}
        super().__init__(
            columns=(
                Column("类别", 4, "note", spare=True),
                Column("姓名", 5),
                Column("班级", 5, spare=True),
                Column("起止", 11, "note"),
                Column("住处", 0),
                Column("负责教师", 5),
                Column("联系电话", 7, "note"),
            ),
            chips=(
                Chip(NOW, "现在留校", shape="work"),
                Chip(COMING, "还没开始", shape="soon"),
                Chip(PAST, "以前的", shape="hold"),
            ),
            facets=(Facet("kind", "类别", is_sorted=True), Facet("keeper", "负责教师")),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may(Right.BOARDING):
            self.add_action("登记留校", self.enter, kind="primary", icon="plus")
        if self._may(Right.SEE_SEALED):
            self.add_action("打印", menu=[("假期留校师生名册（当前列表）", self.print_list)])
        rows = self._rows_in_sight
        add_giving(self, register.store, give, what="假期留校名册", room="stays", rows=rows)

    def read(self) -> Sequence[Row]:
        """Return a line for each who stays."""
        self._lines = {line.uid: line for line in self._register.lines()}
        today = self._register.today()
        return [_row(line, is_past=line.ends_on < today) for line in self._lines.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show one who stays."""
        if uid is None:
            return label("点一条，这里显示住处、负责教师和经过。", "note", wrap=True)
        line = self._lines[uid]
        known = facts(
            (
                ("类别", line.kind),
                ("起止", f"{show(line.starts_on)}到{show(line.ends_on)}"),
                ("住处", line.place),
                ("负责教师", line.keeper),
                ("联系电话", str(masked(line.phone, "phone"))),
                ("说明", line.remark),
            )
        )
        labels = {field.key: field.label for field in _FIELDS}
        foot = []
        if self._may(Right.BOARDING):
            void = partial(self._register.void, uid)
            ask = partial(ask_void, self, "作废 假期留校", (), void, whom=line.name)
            more: list[Entry] = [("作废", ask)]
            foot = [button("更正", "primary", press=partial(self.open, uid))]
            foot.append(button("更多", menu=more))
        top = hbox(label(line.name, "h1"), label(line.class_name, "note"), None)
        story = HistoryPane(self._register.store, uid, labels, sealed=frozenset({"phone"}))
        return Details([top], [("留校", known), ("改动历史", story)], foot)

    def enter(self) -> None:
        """Enter one who stays; what is said of the days and the place is kept for the next."""

        def save(said: dict[str, Any]) -> None:
            self.choose(self._register.enter(**said).uid)

        FormEditor(
            Form("stay", "登记假期留校", (*_WHO, *_FIELDS)),
            save,
            self,
            sources=self._sources(),
            again="保存，再登记一人",
            keeps=("starts_on", "ends_on", "place", "keeper"),
        ).open()

    def open(self, uid: str) -> None:
        """Put a line right."""
        if not self._may(Right.BOARDING):
            return
        stay = self._register.get(uid)
        editor = FormEditor(
            Form("stay", "更正假期留校", _FIELDS),
            partial(self._correct, uid, stay.rev),
            self,
            {field.key: getattr(stay, field.key) for field in _FIELDS},
            sources=self._sources(),
        )
        editor.open()

    def print_list(self) -> None:
        """Print the list in sight, with the telephones."""
        rows = self._rows_in_sight()
        if not rows:
            tell(self, "没有要打印的人。", detail="先登记留校的学生和教职工。")
            return
        title, store = self._papers.forms["stay_list"].title, self._register.store
        self._papers.preview(
            self,
            "stay_list",
            rows,
            words=self.filter_text(),
            done=lambda how: store.note(f"{how}：{title}"),
        )

    def _rows_in_sight(self) -> list[dict[str, Any]]:
        return [self._lines[uid]._asdict() for uid in self.shown_uids()]

    def _correct(self, uid: str, seen: int, said: dict[str, Any]) -> None:
        self._register.correct(uid, seen=seen, **said)

    def _sources(self) -> Sources:
        names = [Offer(name, name, search_text(name)) for name in self._people()]
        pupils = [
            Offer(one.told, one.uid, search_text(one.name))
            for one in self._register.students.pupils()
        ]
        return Sources(
            lists={"student": lambda: pupils, "person": lambda: names},
            today=self._register.today,
        )

    def _first_step(self) -> Empty:
        if self._may(Right.BOARDING):
            return Empty("还没有登记假期留校的人。", "登记留校", self.enter)
        return Empty("还没有登记假期留校的人。")

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)


def _row(line: StayLine, *, is_past: bool) -> Row:
    tags = {NOW: line.is_now, COMING: not line.is_now and not is_past, PAST: is_past}
    return Row(
        line.uid,
        (
            line.kind,
            line.name,
            line.class_name,
            f"{line.starts_on:%m-%d}到{line.ends_on:%m-%d}",
            line.place,
            line.keeper,
            masked(line.phone, "phone"),
        ),
        search=search_text(line.name),
        tags=frozenset(tag for tag, is_so in tags.items() if is_so),
        facets={"kind": line.kind, "keeper": line.keeper},
    )
