"""The page of the meetings: who met, what was decided, what is still to be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.calendar import term_of
from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.store import Blobs
from app.core.values import show
from app.meetings import details_pane as pane
from app.meetings.decisions import DecisionLine
from app.meetings.meeting_dialog import open_correction, open_end, open_meeting
from app.meetings.records import Meeting
from app.meetings.register import LABELS, MeetingRegister
from app.meetings.rules import COUNTED_AS, MONTHLY, Standing, there
from app.meetings.sight import may_see
from app.meetings.views import absences, decision_row, minutes_of, signin_of
from app.ui.asking import tell
from app.ui.details import Details
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.keeping import tiles
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Pick, Row
from app.ui.papers import Papers
from app.ui.photo_tile import Thumbs
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label, vbox

OPEN, LATE = "open", "late"
REASONS = ("重复登记", "登记错了", "会议没有开")
GoHazards = Callable[[Pick], object]
_IN_SHEET = (
    SheetColumn("编号", 16, lambda line: line[0].number),
    SheetColumn("会议类型", 14, lambda line: line[0].kind),
    SheetColumn("开会时间", 20, lambda line: line[0].held_at),
    SheetColumn("地点", 20, lambda line: line[0].place),
    SheetColumn("主持人", 12, lambda line: line[0].chair),
    SheetColumn("记录人", 12, lambda line: line[0].recorder),
    SheetColumn("应到", 8, lambda line: len(line[0].due)),
    SheetColumn("实到", 8, lambda line: len(there(line[0].due, line[0].absent))),
    SheetColumn("缺席及原因", 30, lambda line: absences(line[0])),
    SheetColumn("议题", 40, lambda line: line[0].topics),
    SheetColumn("议定事项", 50, lambda line: "；".join(one.matter for one in line[1])),
    SheetColumn("没有办完", 10, lambda line: sum(one.result is None for one in line[1])),
    SheetColumn("补录原因", 24, lambda line: line[0].late_reason),
)


class MeetingPage(LedgerPage):
    """Lists the meetings, the newest first."""

    title = "会议"
    hint = "搜索：议题、议定事项、编号"
    topics = frozenset({"meeting", "meeting_decision", "hazard"})
    help_text = (
        "研判会、领导小组会这些会议都登记在这里，一次会议一份记录，可以先打印签到表让人签。\n"
        "登记时会列出以前没有办完的议定事项，逐项问到，办完的当场销掉；隐患进展自动从台账里数出来。\n"
        "这次议定的事项写明责任人和时限，没有办完的在“今日”提醒，下次开会再列出来。\n"
        "开会过了七天才登记的算补录，要写原因，登记的时间照实留下。\n"
        "会议记录安全员和校长看得到。写欺凌研判时不写学生姓名。"
    )

    def __init__(
        self,
        register: MeetingRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        go: GoHazards | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``go`` opens the ledger of hazards at what is picked."""
        self._register, self._papers, self._people, self._go = register, papers, people, go
        self._thumbs = Thumbs(Blobs(register.store).get)
        self._decisions: dict[str, list[DecisionLine]] = {}
        self._monthly: set[str] = set()
        super().__init__(
            columns=(
                Column("议定事项", 5, "status"),
                Column("编号", 7, "note", spare=True),
                Column("会议和议题", 0, "two"),
                Column("开会时间", 9, "note"),
                Column("主持人", 4),
                Column("到会", 3.4, "note", spare=True),
            ),
            chips=(
                Chip(OPEN, "有事项没办完", "soon", "work"),
                Chip(LATE, "有事项逾期", "late", "late"),
                Chip(MONTHLY, MONTHLY),
            ),
            facets=(
                Facet("kind", "类型", is_sorted=True),
                Facet("term", "学期"),
                Facet("year", "年度"),
            ),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("登记会议", self.enter, kind="primary", icon="plus")
        menu: list[Entry] = [
            ("会议记录（选中的）", self.print_minutes),
            ("签到表（选中的会议，没选就全体教职工）", self.print_signin),
            ("议定事项清单（当前列表）", self.print_decisions),
            ("会议台账（当前列表）", self.print_ledger),
        ]
        self.add_action("打印", menu=menu)
        add_export(self, register.store, _IN_SHEET, self._all)

    def read(self) -> Sequence[Row]:
        """Return a line a meeting."""
        found = self._register.all()
        self._decisions = {one.uid: [] for one in found}
        for line in self._register.decisions():
            self._decisions[line.meeting_uid].append(line)
        year = self._register.today().year
        self._monthly = {
            f"{one.held_at:%m}" for one in found if one.kind == MONTHLY and one.held_at.year == year
        }
        return [_row(one, self._decisions[one.uid]) for one in found]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many there are, and in how many months of this year a 研判会 was held."""
        said = super().count_text(shown, total)
        return f"{said}，今年有 {len(self._monthly)} 个月开过月研判会"

    def details(self, uid: str | None) -> QWidget:
        """Show one meeting: who met, what became of the last decisions, what was decided."""
        if uid is None:
            return label("点一次会议，这里显示议题、隐患进展和议定事项。", "note", wrap=True)
        meeting, lines = self._register.get(uid), self._decisions.get(uid, [])
        may = self._may()
        labels = {k: v for k, v in LABELS.items() if k not in ("absent", "risks", "photos")}
        go = partial(self._open_hazards, meeting) if self._go else None
        reopen = self._register.reopen if may else None
        return Details(
            pane.head(meeting, lines),
            [
                ("会议", vbox(pane.known(meeting), self._photos(meeting))),
                ("议定事项", pane.decided(lines, self.end if may else None, reopen)),
                ("研判", pane.judged(meeting, go)),
                ("历史", HistoryPane(self._register.store, uid, labels)),
            ],
            self._foot(meeting),
        )

    def open(self, uid: str) -> None:
        """Put right what was written."""
        if self._may():
            open_correction(self, self._register, self._people(), self._register.get(uid))

    def enter(self) -> None:
        """Write down a meeting."""
        open_meeting(self, self._register, self._people(), self.choose)

    def end(self, line: DecisionLine) -> None:
        """Write down how a decision ended."""
        open_end(self, self._register, line)

    def print_minutes(self) -> None:
        """Print the minutes of the chosen meetings."""
        if not (uids := self.chosen_uids()):
            tell(self, "请先在列表里选一次会议。", detail="按住 Ctrl 点，可以选几次，一次一份。")
            return
        rows = [minutes_of(self._register.get(uid), self._decisions[uid]) for uid in uids]
        self._preview("meeting_minutes", rows)

    def print_signin(self) -> None:
        """Print the sheet to sign, of the chosen meeting or for the whole staff."""
        uids = self.chosen_uids()
        self._preview("meeting_signin", signin_of(self._register, uids[0] if uids else ""))

    def print_decisions(self) -> None:
        """Print what was decided at the meetings in the list."""
        lines = [line for uid in self.shown_uids() for line in self._decisions[uid]]
        if not lines:
            tell(self, "列表里的会议没有议定事项。")
            return
        rows = [decision_row(line) for line in lines]
        self._preview("meeting_decisions", rows, self.filter_text())

    def print_ledger(self) -> None:
        """Print the list as it is filtered."""
        numbers = {self._register.get(uid).number for uid in self.shown_uids()}
        rows = [row for row in self._register.views["list"]({}) if row["number"] in numbers]
        self._preview("meeting_ledger", rows, self.filter_text())

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _open_hazards(self, meeting: Meeting, key: str) -> None:
        """Open the ledger of hazards at those one number of the progress counts."""
        counts = meeting.progress or {}
        if self._go is None or not counts:
            return
        since, until = (date.fromisoformat(counts[k]) for k in ("since", "until"))
        words = f"{meeting.number}：{COUNTED_AS[key]}"

        def find() -> frozenset[str]:
            found: frozenset[str] = getattr(self._register.progress_between(since, until), key)
            return found

        self._go(Pick(words, find))

    def _photos(self, meeting: Meeting) -> QWidget:
        return tiles(self, meeting.photos, meeting.kind, self._thumbs)

    def _foot(self, meeting: Meeting) -> list[QPushButton]:
        printed = button("打印会议记录", press=self.print_minutes)
        if not self._may():
            return [printed]
        void = partial(self._register.void, meeting.uid)
        return [
            button("更正", "primary", press=partial(self.open, meeting.uid)),
            printed,
            button("作废", press=lambda: ask_void(self, f"作废 {meeting.number}", REASONS, void)),
        ]

    def _all(self) -> list[tuple[str, tuple[Meeting, list[DecisionLine]]]]:
        return [(one.uid, (one, self._decisions[one.uid])) for one in self._register.all()]

    def _first_step(self) -> Empty:
        words = "还没有登记会议。每月至少开一次安全研判会。"
        return Empty(words, "登记会议", self.enter) if self._may() else Empty(words)

    def _may(self) -> bool:
        sitter = self._register.store.sitter
        return sitter.may(Right.MEETINGS) and may_see(sitter)


def _row(meeting: Meeting, lines: Sequence[DecisionLine]) -> Row:
    is_late = any(line.standing is Standing.LATE for line in lines)
    is_open = any(line.result is None for line in lines)
    tags = {OPEN: is_open, LATE: is_late, MONTHLY: meeting.kind == MONTHLY}
    words = " ".join((meeting.topics, *(f"{line.matter} {line.person}" for line in lines)))
    day = meeting.held_at.date()
    return Row(
        meeting.uid,
        (
            pane.pill(lines),
            meeting.number,
            (meeting.kind, meeting.topics.splitlines()[0]),
            f"{day.isoformat()} {show(meeting.held_at.time())}",
            meeting.chair,
            f"{len(there(meeting.due, meeting.absent))}/{len(meeting.due)}",
        ),
        f"{words} {search_text(meeting.chair)} {search_text(meeting.kind)}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"kind": meeting.kind, "term": term_of(day).name, "year": str(day.year)},
    )
