"""各校: every school on one line, who needs a call first; files are dropped here and taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.disks import Kind, read_disks
from app.core.files import put
from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.handover.answers.town import VerdictRegister, Written
from app.handover.town.compare_dialog import open_compare
from app.handover.town.outcomes_dialog import show_outcomes
from app.handover.town.register import TownRegister
from app.handover.town.school_dialog import open_closing, open_new_school, open_school
from app.handover.town.school_pane import details_of
from app.handover.town.standing import Sent, Standing
from app.handover.town.taking import Outcome
from app.ui.asking import tell
from app.ui.dropping import let_drop
from app.ui.exporting import add_list
from app.ui.files import choose_files, choose_folder, choose_place
from app.ui.jobs import Job, run_job
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.widgets import Entry, button, label

CALL, OWED, LATE, MAJOR, NEW, CLOSED = "call", "owed", "late", "major", "new", "closed"
DATA_FILES = "数据文件 (*.zip *.age)"
SENT_LOOKS = {
    Sent.IN_TIME: ("done", "done"),
    Sent.ZERO: ("done", "done"),
    Sent.LATE: ("soon", "soon"),
    Sent.OWED: ("late", "late"),
    Sent.BEFORE: ("none", "plain"),
    Sent.CLOSED: ("none", "plain"),
}
_STICK_FOLDERS = 3  # how many folders deep a stick is looked through
_LIST = ListForm(
    "LB-15",
    "各校情况一览表",
    (
        SheetColumn("学校", 24, "name"),
        SheetColumn("学校代码", 14, "code"),
        SheetColumn("片区", 12, "area"),
        SheetColumn("最近的数据", 14, "made_on"),
        SheetColumn("上周周报", 10, lambda one: str(one.weekly)),
        SheetColumn("未销账", 8, "open"),
        SheetColumn("逾期", 8, "overdue"),
        SheetColumn("重大", 8, "major"),
        SheetColumn("本月演练", 10, "drills"),
        SheetColumn("回执应收", 10, "issued"),
        SheetColumn("回执已收", 10, "returned"),
        SheetColumn("值班排到", 14, "duty_until"),
        SheetColumn("要打电话的事", 40, lambda one: "；".join(one.calls())),
        SheetColumn("签名", 10, lambda one: _mark(one)),
        SheetColumn("撤并日期", 14, "closed_on"),
        SheetColumn("撤并原因", 24, "closed_why"),
    ),
    unit="所",
    unprinted=("学校代码", "签名", "撤并日期", "撤并原因"),
)

_COLUMNS = (
    Column("学校", 0, "two"),
    Column("数据", 2.7, "note"),
    Column("周报", 3.1, "status"),
    Column("未销账", 2),
    Column("逾期", 1.4, "mark"),
    Column("重大", 0.8, "mark"),
    Column("演练", 2),
    Column("回执", 2, spare=True),
    Column("值班到", 2.4, "note", spare=True),
    Column("签名", 3, "note", spare=True),
)
_CHIPS = (
    Chip(CALL, "要打电话", "late", "late"),
    Chip(OWED, "周报未报", "late", "late"),
    Chip(LATE, "有逾期", "late", "late"),
    Chip(MAJOR, "有重大", "late", "major"),
    Chip(NEW, "未核对"),
    Chip(CLOSED, "已撤并"),
)


class SchoolsPage(LedgerPage):
    """The schools of the town, sorted by who needs a call."""

    title = "各校"
    hint = "搜索：学校、拼音首字母、代码"
    topics = frozenset({"town_file", "town_school", "town_verdict", "town_answer"})
    help_text = (
        "把各校的数据文件拖到这里，一份、几份或者整个文件夹都行；U盘插好后按“从U盘取”。\n"
        "每一份先核对签名和内容，再合到一起；不能收的说明是哪一份、为什么，别的照收。\n"
        "最需要打电话的学校排在最前面；点一所学校，右边写着为什么。\n"
        "新学校的签名不急着核对：按“学校”里的“核对签名”，一所一所打电话，一次核对完。\n"
        "签名换了的，先不收。撤并的学校点“撤并”，写日子和原因，以后不再催报；写错了按“恢复”。\n"
        "“写回执”给每所学校写一个小文件，放回原来的U盘，学校收下就知道哪些收到、哪些退回。"
    )

    def __init__(
        self,
        register: TownRegister,
        verdicts: VerdictRegister,
        *,
        papers: Papers,
        go: Callable[[str], object],
        memory: Memory | None = None,
    ) -> None:
        """``go`` opens the hazards of the school of this name."""
        self._register, self._verdicts, self._papers, self._go = register, verdicts, papers, go
        self._found: dict[str, Standing] = {}
        self._may = register.store.sitter.may(Right.TOWN)
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=(Facet("area", "片区", is_sorted=True),),
            empty=Empty(
                "还没有学校的数据。把各校交来的文件拖到这里，或者从U盘取。",
                "收文件" if self._may else "",
                self.choose_files,
            ),
            memory=memory,
        )
        if self._may:
            let_drop(self, self.take)
            self.add_action("收文件", self.choose_files, kind="primary", icon="import")
            self.add_action("收文件夹", self.choose_folder)
            self.add_action("从U盘取", self.take_from_sticks, icon="usb")
            self.add_action("写回执", self.write_answers, icon="export")
            more: list[Entry] = [
                ("核对签名（一所一所往下核对）", self.compare),
                ("登记还没交过数据的学校", partial(open_new_school, self, register)),
            ]
            self.add_action("学校", menu=more)
        more_papers: list[Entry] = [
            ("报送情况通报", self.print_weeks),
            ("全镇隐患汇总表", self.print_hazards),
        ]
        store = register.store
        add_list(self, store, _LIST, lambda: self._found.items(), papers=papers, more=more_papers)
        if register.store.sitter.may(Right.EXPORT):
            self.add_action("合并表", menu=self._merged_years)

    def read(self) -> Sequence[Row]:
        """Return a line a school."""
        found = self._register.standings()
        self._found = {one.uid: one for one in found}
        return [_row(one) for one in found]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many schools there are and how many need a call."""
        calls = sum(bool(one.calls()) for one in self._found.values())
        said = f"共 {total} 所学校" if shown == total else f"列出 {shown} 所，共 {total} 所"
        if closed := sum(one.is_closed for one in self._found.values()):
            said += f"（已撤并 {closed} 所）"
        return f"{said}，{calls} 所要打电话" if calls else f"{said}，都按时"

    def details(self, uid: str | None) -> QWidget:
        """Show one school: why to call, what its files told, the files themselves."""
        if uid is None or uid not in self._found:
            return label("点一所学校，这里显示为什么要打电话，交过哪些文件。", "note", wrap=True)
        one = self._found[uid]
        return details_of(self._register, one, self._foot(one))

    def open(self, uid: str) -> None:
        """Open the hazards of this school."""
        self._go(self._found[uid].name)

    def compare(self, first: str = "") -> None:
        """Go down the list of schools whose signature nobody has compared."""
        open_compare(self, self._register, first)

    def choose_files(self) -> None:
        """Ask which files to take."""
        choose_files(self, "收各校的数据文件", DATA_FILES, self.take)

    def choose_folder(self) -> None:
        """Ask which folder to take all files of."""
        choose_folder(self, "收这个文件夹里的全部数据文件", lambda folder: self.take([folder]))

    def take_from_sticks(self) -> None:
        """Take every data file on the sticks that are plugged in."""
        roots = [Path(disk.root) for disk in read_disks() if disk.kind is Kind.REMOVABLE]
        if not roots:
            tell(self, "没有找到U盘。", detail="请插好U盘再按一次；或者用“收文件夹”自己选。")
            return
        found = on_sticks(roots)
        if not found:
            tell(self, "U盘上没有数据文件。", detail="数据文件的名字以“校安台报送”开头。")
            return
        self.take(found)

    def take(self, paths: Sequence[Path], accept_key: str = "") -> None:
        """Take these files, say what became of each."""

        def work(job: Job) -> list[Outcome]:
            return self._register.take(paths, tick=job.step, accept_key=accept_key)

        def done(outcomes: list[Outcome]) -> None:
            self.refresh()
            show_outcomes(self, self._register, outcomes, self._take_again)

        run_job(self, "正在收各校的文件", work, done)

    def write_answers(self) -> None:
        """Write an answer file for each school into a folder, such as a stick."""

        def write(folder: Path) -> None:
            def work(job: Job) -> list[Written]:
                return self._verdicts.write(folder, tick=job.step)

            def done(made: list[Written]) -> None:
                said = f"给{len(made)}所学校写好了回执，每一份都读回来核对过。"
                tell(self, said, detail=f"在“{folder.name or folder}”里，一所学校一个文件。")

            run_job(self, "正在写回执", work, done)

        choose_folder(self, "回执写到哪个U盘或文件夹", write)

    def save_merged(self, year: int | None) -> None:
        """Write all schools' tables of a year, None for all, into one spreadsheet."""
        span = f"{year}年" if year else "全部年度"
        name = f"各校合并表_{span}_{self._register.today():%Y%m%d}.xlsx"

        def write(path: Path) -> None:
            def work(job: Job) -> None:
                put(path, self._register.merged(year, tick=job.step))

            def done(_none: None) -> None:
                tell(self, "合并表写好了：一张表一页，每一行写着学校。", detail=path.name)

            run_job(self, "正在写合并表", work, done)

        choose_place(self, "各校合并表", "Excel 表格 (*.xlsx)", name, write)

    def _merged_years(self) -> list[Entry]:
        years = self._register.years() or [self._register.today().year]
        entries: list[Entry] = [(f"{year}年", partial(self.save_merged, year)) for year in years]
        return [*entries, ("全部年度", partial(self.save_merged, None))]

    def print_weeks(self) -> None:
        """Print who has sent and who has not."""
        self._preview("town_weeks", self._register.views["weeks"]({}))

    def print_hazards(self) -> None:
        """Print the hazards of all schools that are still open."""
        self._preview("town_hazards", self._register.views["hazards"]({"is_open": "是"}))

    def _preview(self, paper: str, rows: Sequence[dict[str, object]]) -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(self, paper, rows, done=lambda how: store.note(f"{how}：{title}"))

    def _take_again(self, outcome: Outcome) -> None:
        if outcome.path is not None:
            self.take([outcome.path], accept_key=outcome.key)

    def _foot(self, one: Standing) -> list[QPushButton]:
        foot = [button("看隐患", "primary", press=partial(self.open, one.uid))]
        if not self._may:
            return foot
        if not one.is_trusted and one.made_on and not one.is_closed:
            foot.append(button("核对签名", press=partial(self.compare, one.uid)))
        edit = partial(open_school, self, self._register, one.uid)
        foot.append(button("修改", press=edit))
        if one.is_closed:
            foot.append(button("恢复", press=partial(self._register.roster.reopen, one.uid)))
        else:
            foot.append(button("撤并", press=partial(open_closing, self, self._register, one.uid)))
        return foot


def on_sticks(roots: Sequence[Path]) -> list[Path]:
    """Return the data files lying on sticks, not deeper than a few folders."""
    found: list[Path] = []
    for root in roots:
        for depth in range(_STICK_FOLDERS + 1):
            for ending in ("zip", "age"):
                found += sorted(root.glob("*/" * depth + f"校安台报送*.{ending}"))
    return found


def _row(one: Standing) -> Row:
    calls = one.calls()
    tags = {
        CALL: bool(calls),
        OWED: one.weekly is Sent.OWED and not one.is_closed,
        LATE: one.overdue > 0 and not one.is_closed,
        MAJOR: one.major > 0 and not one.is_closed,
        NEW: not one.is_trusted and one.made_on is not None and not one.is_closed,
        CLOSED: one.is_closed,
    }
    cells = (
        (one.name, "已撤并" if one.is_closed else calls[0] if calls else one.area),
        _ago(one),
        (str(one.weekly), *SENT_LOOKS[one.weekly]),
        one.open,
        (str(one.overdue), "late", "late") if one.overdue else (),
        (str(one.major), "major", "late") if one.major else (),
        f"{one.drills}次",
        f"{one.receipts}%" if one.receipts is not None else "未发",
        f"{one.duty_until:%m-%d}" if one.duty_until else "没有",
        _mark(one),
    )
    return Row(
        one.uid,
        cells,
        f"{search_text(one.name)} {one.code}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"area": one.area},
    )


def _mark(one: Standing) -> str:
    if one.is_mismatched:
        return "对不上"
    return "" if one.is_trusted or one.made_on is None else "未核对"


def _ago(one: Standing) -> str:
    days = one.silent_days
    if days is None:
        return "没交过"
    word = {0: "今天", 1: "昨天"}.get(days, f"{days}天前")
    return word
