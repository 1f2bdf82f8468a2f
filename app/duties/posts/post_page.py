"""The page of the posts: what is stood where and when, in the order rosters print them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.files import put
from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.duties.posts.fitting import fit_words, fitting
from app.duties.posts.limits_dialog import open_limits
from app.duties.posts.post_dialog import open_correction, open_end, open_new
from app.duties.posts.records import DutyPost
from app.duties.posts.register import LABELS, PostRegister, facts_of
from app.duties.posts.rules import asks, days_words, hours_words, sharing_words, span_words
from app.duties.posts.setfile import written
from app.duties.posts.sets import PostSet, load_set, set_for
from app.duties.posts.sets_dialog import open_set
from app.people import Staff, StaffRegister
from app.ui.asking import tell
from app.ui.details import Details, facts
from app.ui.errors import show_error
from app.ui.exporting import add_list
from app.ui.files import choose_file, choose_place
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label

IN_USE, FEW, ENDED = "in_use", "few", "ended"
_SET_FILE = "岗位文件 (*.toml)"
REASONS = ("重复登记", "登记错了", "不设这个岗")
_LIST = ListForm(
    "LB-03",
    "值班岗位一览表",
    (
        SheetColumn("岗位", 14, "name"),
        SheetColumn("岗位组", 8, "family"),
        SheetColumn("时间", 16, lambda one: hours_words(one.starts, one.ends)),
        SheetColumn("人数", 6, "heads"),
        SheetColumn("要什么人", 28, lambda one: asks(facts_of(one)) or "谁都可以"),
        SheetColumn("哪些日子", 20, lambda one: days_words(one.days, one.weekdays)),
        SheetColumn("算什么班", 12, lambda one: f"{one.burden} {one.points:g}分"),
        SheetColumn("地点", 14, lambda one: one.place or ""),
        SheetColumn("使用时间", 18, lambda one: span_words(one.in_use_from, one.in_use_until)),
    ),
    unit="个",
)


class School(NamedTuple):
    """What decides which posts suit a school."""

    kind: str = ""
    boards: bool = False
    has_canteen: bool = True


class PostPage(LedgerPage):
    """Lists the posts in the school's order."""

    title = "岗位"
    topics = frozenset({"duty_post", "staff", "setting", "rule_change"})
    hint = "搜索：名称、拼音首字母、地点"
    help_text = (
        "岗位就是什么时候、在哪里、要几个什么样的人。先用“现成的岗位”，再按学校实际改。\n"
        "“要什么人”一行一条：空着人数就是每人都要，写上人数就是至少几人；能做什么在“教职工”里登记。\n"
        "结束时间不晚于开始时间，就是到第二天；假期24小时值班的岗，在“更多”里选“算在内”。\n"
        "学期中间改岗位，要写从哪天起：以前的值班表不变，从那天起按新的排。\n"
        "“能站的”是名单里符合要求的人数，比要的人少，写着“只有”几人。\n"
        "不再设的岗按“停用”，写明用到哪天。顺序就是值班表上从左到右的顺序，用“上移”“下移”调。\n"
        "校门口至少几人、每组至少几人，来自“今日 · 规则”里的两条，学校可以改。"
    )

    def __init__(
        self,
        register: PostRegister,
        staff: StaffRegister,
        sets: Mapping[str, PostSet],
        *,
        school: Callable[[], School] = School,
        places: Callable[[], Sequence[str]] = tuple,
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._staff, self._sets = register, staff, sets
        self._school, self._places = school, places
        self._posts: dict[str, DutyPost] = {}
        self._people: Sequence[Staff] = ()
        self._may = register.store.sitter.may(Right.DUTIES)
        super().__init__(
            columns=(
                Column("名称", 7),
                Column("时间", 8, "note"),
                Column("人数", 3),
                Column("能站的", 4, "note"),
                Column("要什么人", 0),
                Column("哪些日子", 9, "note", spare=True),
                Column("算什么班", 5, "note", spare=True),
                Column("地点", 5, "note", spare=True),
            ),
            chips=(
                Chip(IN_USE, "在用", is_on=True),
                Chip(FEW, "人不够", "late", "late"),
                Chip(ENDED, "已停用"),
            ),
            facets=(Facet("family", "岗位组"), Facet("days", "哪些日子")),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may:
            self.add_action("添加岗位", self.enter, kind="primary", icon="plus")
            self.add_action("现成的岗位", menu=self._set_entries)
            self.add_action("上移", partial(self._move, -1), icon="up", key="Alt+Up")
            self.add_action("下移", partial(self._move, 1), icon="down", key="Alt+Down")
            self.add_action("排班规则", lambda: open_limits(self, register))
        add_list(self, register.store, _LIST, lambda: self._posts.items(), papers=papers)

    def read(self) -> Sequence[Row]:
        """Return a line a post."""
        self._posts = {one.uid: one for one in self._register.all()}
        self._people = self._staff.everybody()
        return [self._row(one) for one in self._posts.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show one post: what it asks, who could stand it, from when to when it is in use."""
        if uid is None:
            return label("点一个岗位，这里显示详细情况。", "note", wrap=True)
        one = self._posts[uid]
        said = facts_of(one)
        known = facts(
            (
                ("时间", hours_words(one.starts, one.ends)),
                ("地点", one.place or ""),
                ("做什么", one.task or ""),
                ("人数", f"{one.heads}人"),
                ("依据或说明", one.source or "默认值，学校可以改"),
                ("提醒", self._register.few_heads(said)),
                ("要什么人", asks(said) or "谁都可以"),
                ("能站的", fit_words(said, self._people)),
                ("哪些日子", days_words(said.days, said.weekdays)),
                ("算什么班", f"{one.burden}，{one.points:g}分"),
                ("假期值班", "算在24小时里" if one.covers else ""),
                ("兼岗", sharing_words(said)),
                ("使用时间", span_words(one.in_use_from, one.in_use_until)),
            )
        )
        past = HistoryPane(self._register.store, uid, LABELS)
        head = [label(one.name, "h2", wrap=True), label(one.family, "note")]
        foot = [
            button("修改", "primary", press=partial(self.open, uid)),
            button("停用", press=partial(self._end, uid)),
            button("作废", press=partial(self._void, uid)),
        ]
        return Details(head, (("情况", known), ("历史", past)), foot if self._may else ())

    def open(self, uid: str) -> None:
        """Change one post."""
        if self._may:
            people, places = self._staff.everybody(), self._places()
            post = self._posts[uid]
            open_correction(self, self._register, people, places, post, self.choose)

    def enter(self) -> None:
        """Enter a post."""
        people = self._staff.everybody()
        open_new(self, self._register, people, self._places(), self.choose)

    def take_set(self, chosen: PostSet) -> None:
        """Show a set that came with the program, to be taken whole or in part."""
        lacks = () if self._school().has_canteen else ("食堂",)
        open_set(self, self._register, chosen, self.refresh, lacks=lacks)

    def open_file(self) -> None:
        """Read a set from a file, to be taken whole or in part."""

        def read(path: Path) -> None:
            try:
                self.take_set(load_set(path))
            except UserError as error:
                show_error(self, error)

        choose_file(self, "从文件读岗位", _SET_FILE, read)

    def save_file(self) -> None:
        """Save the posts in use, for another school or for next year."""
        register = self._register
        posts = [facts_of(one) for one in register.on(register.today())]
        if not posts:
            tell(self, "还没有岗位，没有可以存的。")
            return
        data = written("另一所学校的岗位", "从文件读来的", posts)

        def keep(path: Path) -> None:
            put(path, data)
            register.store.note("把岗位存成文件")

        choose_place(self, "把岗位存成文件", _SET_FILE, "岗位.toml", keep)

    def count_text(self, shown: int, total: int) -> str:
        """Say how many posts there are, and how many turns a working day has."""
        heads = sum(one.heads for one in self._register.on(self._register.today()))
        return f"列出 {shown} 个岗位，在用的一共要 {heads} 人次"

    def _set_entries(self) -> list[Entry]:
        sets: list[Entry] = [
            (f"{one.title}…", partial(self.take_set, one)) for one in self._sets.values()
        ]
        return [
            *sets,
            None,
            ("从文件读进来…", self.open_file),
            ("把在用的岗位存成文件…", self.save_file),
        ]

    def _first_step(self) -> Empty:
        school = self._school()
        fits = set_for(dict(self._sets), school.kind, boards=school.boards)
        if not self._may or fits is None:
            return Empty("还没有设岗位。")
        return Empty(
            f"还没有设岗位。先看看现成的“{fits.title}”岗位（{fits.suits}），再按学校实际改。",
            f"看看“{fits.title}”的岗位",
            partial(self.take_set, fits),
        )

    def _move(self, steps: int) -> None:
        uid = self.chosen_uid()
        if uid and IN_USE in self._row(self._posts[uid]).tags:
            self._register.move(uid, steps)
            self.choose(uid)

    def _end(self, uid: str) -> None:
        open_end(self, self._register, self._posts[uid])

    def _void(self, uid: str) -> None:
        name = self._posts[uid].name
        ask_void(self, "作废 岗位", REASONS, partial(self._register.void, uid), whom=name)

    def _row(self, one: DutyPost) -> Row:
        said = facts_of(one)
        is_over = one.in_use_until is not None and one.in_use_until < self._register.today()
        able = len(fitting(said, self._people))
        is_few = able < one.heads and not is_over
        tags = {IN_USE: not is_over, FEW: is_few, ENDED: is_over}
        cells = (
            one.name,
            hours_words(one.starts, one.ends),
            f"{one.heads}人",
            f"只有{able}人" if is_few else f"{able}人",
            asks(said) or "谁都可以",
            days_words(said.days, said.weekdays),
            f"{one.burden} {one.points:g}分",
            one.place,
        )
        return Row(
            one.uid,
            cells,
            search_text(one.name),
            frozenset(tag for tag, is_so in tags.items() if is_so),
            {"family": one.family, "days": tuple(one.days)},
        )
