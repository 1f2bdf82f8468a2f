"""The page of the education: what was taught, to whom, and what it adds up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.calendar import Term, term_of
from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.store import Blobs
from app.core.values import show
from app.meetings.education.education_dialog import open_correction, open_education
from app.meetings.education.register import LABELS, EducationRegister
from app.meetings.education.rules import TRAINING
from app.meetings.education.totals_dialog import open_totals
from app.meetings.education.views import row_of, signin_rows, totals_of
from app.meetings.records import Education
from app.meetings.ticks.register import TickRegister
from app.meetings.ticks.rules import days_of, month_of
from app.meetings.ticks.tick_dialog import open_minutes, open_ticks
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.keeping import tiles
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.photo_tile import Thumbs
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, hbox, label

REASONS = ("重复登记", "登记错了", "没有开展")
TERM, TRAINED, HOLIDAY, LATE = "term", "training", "holiday", "late"
_IN_SHEET = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("日期", 16, "held_on"),
    SheetColumn("类型", 12, "kind"),
    SheetColumn("主题", 26, lambda one: "、".join(one.themes)),
    SheetColumn("题目", 26, "title"),
    SheetColumn("对象", 20, lambda one: "、".join(one.audiences)),
    SheetColumn("人数", 8, "heads"),
    SheetColumn("学时", 8, "hours"),
    SheetColumn("主讲", 12, "speaker"),
    SheetColumn("主讲单位", 22, "unit"),
    SheetColumn("级别", 10, "level"),
    SheetColumn("哪个假期前", 12, "holiday"),
    SheetColumn("教材", 20, "material"),
    SheetColumn("手段", 16, "means"),
    SheetColumn("途径", 16, "way"),
    SheetColumn("效果", 26, "effect"),
    SheetColumn("考核情况", 26, "assessment"),
    SheetColumn("补录原因", 20, "late_reason"),
)

_COLUMNS = (
    Column("日期", 5.6, "note"),
    Column("编号", 7, "note", spare=True),
    Column("主题和题目", 0, "two"),
    Column("类型", 4.4),
    Column("对象", 6),
    Column("人数", 3, "note"),
    Column("学时", 3, "note"),
)
_CHIPS = (
    Chip(TERM, "本学期", is_on=True),
    Chip(TRAINED, TRAINING),
    Chip(HOLIDAY, "放假前"),
    Chip(LATE, "补录", "soon", "soon"),
)
_FACETS = (
    Facet("kind", "类型", is_sorted=True),
    Facet("theme", "主题", is_sorted=True),
    Facet("audience", "对象", is_sorted=True),
    Facet("class", "班级"),
    Facet("term", "学期"),
)


class EducationPage(LedgerPage):
    """Lists the education and the trainings, the newest first."""

    title = "教育培训"
    hint = "搜索：主题、题目、主讲、编号"
    topics = frozenset({"education", "education_tick", "student", "staff", "setting"})
    help_text = (
        "安全课、班会、讲座、培训、放假前的教育，做一次记一次；经常做的，选中一条按“照上次再记一笔”。\n"
        "选了班级，人数自动填上；培训要写学时和级别，写上参加的教职工，就能算每个人的学时。\n"
        "“统计”里是各类对象的人均学时、这学期讲过和没讲过的主题、每个人的培训学时。\n"
        "“1530 勾记”一班一行、一天一格，用键盘勾；空白表可以先打印给班主任。\n"
        "过了七天才登记的算补录，要写原因。班主任只登记自己班的，全校的由安全员登记。"
    )

    def __init__(
        self,
        register: EducationRegister,
        *,
        papers: Papers,
        ticks: TickRegister,
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._papers, self._people = register, papers, people
        self._ticks = ticks
        self._thumbs = Thumbs(Blobs(register.store).get)
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=_FACETS,
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("登记教育培训", self.enter, kind="primary", icon="plus")
            self.add_action("照上次再记一笔", self.again, key="Ctrl+R")
        menu: list[Entry] = [
            ("教育记录（选中的）", self.print_records),
            ("教育培训台账（当前列表）", self.print_ledger),
            ("培训签到表（选中的，没选就全体教职工）", self.print_signin),
            ("教育培训统计表（本学期）", self.print_totals),
            None,
            ("1530勾记表（本月）", partial(self.print_ticks, "month")),
            ("1530班级记录表（本月，一班一张）", partial(self.print_ticks, "class")),
            ("1530班级记录表（下个月，空白）", partial(self.print_ticks, "class", 1)),
        ]
        self.add_action("打印", menu=menu)
        self.add_action("统计", lambda: open_totals(self, register, self.print_totals))
        if self._may():
            self._add_ticks()
        add_export(
            self, register.store, _IN_SHEET, lambda: [(one.uid, one) for one in register.all()]
        )

    def read(self) -> Sequence[Row]:
        """Return a line a piece of education."""
        names, now = self._register.class_names(), term_of(self._register.today())
        return [_row(one, names, is_now=term_of(one.held_on) == now) for one in self._all()]

    def details(self, uid: str | None) -> QWidget:
        """Show one piece of education."""
        if uid is None:
            return label("点一条，这里显示对象、学时、四落实和照片。", "note", wrap=True)
        found = self._register.get(uid)
        names = self._register.class_names()
        head: list[Part] = [
            hbox((label(found.title or "、".join(found.themes), "h2", wrap=True), 1)),
            label(f"{found.number} · {show(found.held_on)} · {found.kind}", "note", wrap=True),
        ]
        left_out = ("classes", "photos", "themes", "audiences", "staff")
        labels = {key: word for key, word in LABELS.items() if key not in left_out}
        parts: list[tuple[str, Part]] = [
            ("教育", _known(row_of(found, names))),
            ("四落实", _four(found)),
            ("照片", tiles(self, found.photos, found.kind, self._thumbs)),
            ("历史", HistoryPane(self._register.store, uid, labels)),
        ]
        return Details(head, parts, self._foot(found))

    def open(self, uid: str) -> None:
        """Put right what was written."""
        found = self._register.get(uid)
        if self._may_change(found):
            open_correction(self, self._register, self._people(), found)

    def enter(self) -> None:
        """Write down a piece of education."""
        open_education(self, self._register, self._people(), self.choose)

    def again(self) -> None:
        """Write down the chosen one again, or else the newest: only the day is new."""
        values = self._register.again(self.chosen_uid() or "")
        if not values:
            tell(self, "还没有可以照着再记的。", detail="请先登记一次。")
            return
        open_education(self, self._register, self._people(), self.choose, values)

    def print_records(self) -> None:
        """Print the records that are chosen, each on its sheet."""
        if not (uids := self.chosen_uids()):
            tell(self, "请先在列表里选一条。", detail="按住 Ctrl 点，可以选几条，一条一张。")
            return
        self._preview("education_record", self._rows(uids))

    def print_ledger(self) -> None:
        """Print the list as it is filtered, in its order."""
        self._preview("education_ledger", self._rows(self.shown_uids()), self.filter_text())

    def print_signin(self) -> None:
        """Print the sheet to sign, of the chosen training or for the whole staff."""
        uids = self.chosen_uids()
        self._preview("education_signin", signin_rows(self._register, uids[0] if uids else ""))

    def print_totals(self, term: Term | None = None) -> None:
        """Print what the education of a term adds up to, of this one where none is named."""
        row = totals_of(self._register, term or term_of(self._register.today()))
        self._preview("education_totals", [row])

    def print_ticks(self, view: str, ahead: int = 0) -> None:
        """Print the ticks of this month, or of one ``ahead``."""
        month = month_of(self._register.today())
        for _ in range(ahead):
            month = month_of(days_of(month)[1] + timedelta(days=1))
        rows = self._ticks.views[view]({"month": month})
        if not rows:
            tell(self, "这个月没有要勾的：没有上课的日子，或者还没有导入学生名册。")
            return
        self._preview(f"tick_{view}", rows)

    def _add_ticks(self) -> None:
        menu: list[Entry] = [("勾记本月", lambda: open_ticks(self, self._ticks))]
        if self._register.store.sitter.may(Right.CALENDAR):
            menu.append(("改分钟数", lambda: open_minutes(self, self._ticks)))
        self.add_action("1530 勾记", menu=menu)

    def _rows(self, uids: Sequence[str]) -> list[Mapping[str, object]]:
        names = self._register.class_names()
        return [row_of(self._register.get(uid), names) for uid in uids]

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _foot(self, found: Education) -> list[QPushButton]:
        printed = button("打印教育记录", press=self.print_records)
        if not self._may_change(found):
            return [printed]
        void = partial(self._register.void, found.uid)
        return [
            button("更正", "primary", press=partial(self.open, found.uid)),
            button("再记一笔", press=self.again),
            printed,
            button("作废", press=lambda: ask_void(self, f"作废 {found.number}", REASONS, void)),
        ]

    def _all(self) -> Sequence[Education]:
        return self._register.all()

    def _first_step(self) -> Empty:
        words = "还没有登记教育培训。"
        return Empty(words, "登记教育培训", self.enter) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.MEETINGS)

    def _may_change(self, found: Education) -> bool:
        only = self._register.store.sitter.only_class
        return self._may() and (only is None or list(found.classes or ()) == [only])


def _known(row: Mapping[str, object]) -> Part:
    late = f"{show(row['entered_at'])}补录：{row['late_reason']}" if row["entered_at"] else ""
    keys = ("themes", "audiences", "scope", "heads", "hours", "level", "holiday", "speaker", "unit")
    shown: list[tuple[str, str | Part]] = [
        (LABELS[key], show(row[key])) for key in (*keys, "place", "staff")
    ]
    if late:
        shown.append(("补录", label(late, tone="soon", wrap=True)))
    return facts(shown)


def _four(found: Education) -> Part:
    keys = ("material", "means", "way", "effect", "assessment")
    said = [(LABELS[key], getattr(found, key) or "") for key in keys]
    if not any(words for _, words in said):
        return label("没有写教材、手段、途径、效果和考核。", "note", wrap=True)
    return facts(said)


def _row(found: Education, names: dict[str, str], *, is_now: bool) -> Row:
    tags = {
        TERM: is_now,
        TRAINED: found.kind == TRAINING,
        HOLIDAY: bool(found.holiday),
        LATE: bool(found.late_reason),
    }
    themes = "、".join(found.themes)
    classes = tuple(names.get(uid, "已不在的班级") for uid in found.classes or ())
    return Row(
        found.uid,
        (
            found.held_on.isoformat(),
            found.number,
            (themes, found.title or row_of(found, names)["scope"] or found.speaker),
            found.kind,
            "、".join(found.audiences),
            str(found.heads),
            show(found.hours),
        ),
        f"{search_text(found.speaker)} {found.speaker} {found.title or ''} {search_text(themes)}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {
            "kind": found.kind,
            "theme": tuple(found.themes),
            "audience": tuple(found.audiences),
            "class": classes or ("全校或没有写",),
            "term": term_of(found.held_on).name,
        },
    )
