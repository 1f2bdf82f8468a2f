"""The page of checks: what was walked, what it found, and the way to walk the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.hazards.checks.details_pane import found_part, points_part, rechecked
from app.hazards.checks.lists import Checklist
from app.hazards.checks.recheck_dialog import open_choice, open_recheck
from app.hazards.checks.records import Check
from app.hazards.checks.register import CheckRegister
from app.hazards.checks.tally_dialog import open_tally
from app.hazards.checks.walk_dialog import open_walk
from app.hazards.checks.walks import Walk, parts_of
from app.hazards.places.register import PlaceRegister
from app.hazards.places.suggesting_dialog import place_offers
from app.hazards.side_lists import CHECKS
from app.hazards.steps_dialog import open_step
from app.hazards.words import Step
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_list
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label

_VOID_REASONS = ("重复录入", "录入有误")
_STAYS = "作废后不再列出，回收站里还能恢复；它查出的隐患留在台账里。"
_LABELS = {
    "checked_on": "检查日期", "kind": "检查类型", "title": "检查表", "area": "区域",
    "leader": "带队领导", "inspectors": "检查人员", "weather": "天气", "void_reason": "作废原因",
}  # fmt: skip
FAULTS, AGAIN = "faults", "again"


class CheckPage(LedgerPage):
    """Lists the checks, the newest first."""

    title = "检查"
    hint = "搜索：检查表、姓名、编号"
    topics = frozenset(
        {"hazard_check", "hazard_check_fault", "hazard_recheck", "hazard", "hazard_step"}
    )
    help_text = (
        "先打印空白检查表，拿着走一圈，边看边打 √、×、/；回来按“录入检查”，照纸上的次序录入。\n"
        "录入只用键盘：√按回车或1，×按2或x，不涉及按3；打×的地方写一行问题，回车就到下一条；拍了照片，按“添加”。\n"
        "一次走了几处，用“几张一起”，记成一次检查。\n"
        "整改以后再走一遍，按“录入复检”；复检√的还要有人验收、销账，软件不会替人签字。\n"
        "每个×保存时自动登记成一条隐患，等级不改就是一般；按 Ctrl+Z 一次，检查和隐患一起撤回。\n"
        "检查表是数据文件夹里 forms/checklists 的文件，学校可以照样子改，编号相同时用学校的。"
    )

    def __init__(
        self,
        register: CheckRegister,
        *,
        papers: Papers,
        go: Callable[[str], object],
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._papers, self._go, self._people = register, papers, go, people
        super().__init__(
            columns=(
                Column("日期", 5.4, "note"),
                Column("类型", 2.6),
                Column("检查表", 0),
                Column("带队", 4),
                Column("条数", 2.6, "note"),
                Column("问题", 5, "mark"),
                Column("编号", 6.8, "note", spare=True),
            ),
            chips=(
                Chip(FAULTS, "有问题", "soon", "soon"),
                Chip(AGAIN, "等复检", "accent", "check"),
            ),
            facets=(Facet("year", "年度"), Facet("kind", "类型"), Facet("title", "检查表")),
            empty=Empty(
                "还没有录入检查。打印一张空白检查表，走一圈。", "打印空白表", self.print_all
            ),
            memory=memory,
        )
        self._add_actions()

    def read(self) -> Sequence[Row]:
        """Return a line a check."""
        left = self._register.left()
        return [_row(check, left.get(check.id, 0)) for check in self._register.all()]

    def details(self, uid: str | None) -> QWidget:
        """Show one check: who walked it, what it found, every point."""
        if uid is None:
            return label("点一次检查，这里显示它的情况和查出的隐患。", "note", wrap=True)
        check, found = self._register.get(uid), self._register.found(uid)
        seconds = self._register.seconds(uid)
        accept = self._accept if self._may(Right.SIGN) else None
        said = (check.number, f"{check.kind}检查" if len(check.kind) == 1 else check.kind)
        head: list[Part] = [
            label(check.title, "h2", wrap=True),
            label(" · ".join(said), "note"),
        ]
        told = facts(
            (
                ("检查日期", show(check.checked_on)),
                ("区域", check.area),
                ("带队领导", check.leader),
                ("检查人员", check.inspectors),
                ("天气", check.weather or ""),
                ("专项行动", self._register.campaign_of(check)),
                ("结果", f"共{check.points}条，有问题{check.faults}条"),
                ("复检", rechecked(self._register.rechecks(uid))),
            )
        )
        parts: list[tuple[str, Part]] = [
            ("情况", told),
            ("查出的隐患", found_part(check, found, seconds, go=self._go, accept=accept)),
            ("要点", points_part(check, seconds)),
            ("改动历史", HistoryPane(self._register.store, uid, _LABELS)),
        ]
        return Details(head, parts, self._foot(check))

    def open(self, uid: str) -> None:
        """Look at the filled sheet."""
        self._preview([uid])

    def enter(self, *forms: Checklist) -> None:
        """Type back a checklist that was walked, or several as one check."""
        open_walk(self, self._register, Walk(forms), self._sources(), self.choose)

    def enter_several(self) -> None:
        """Ask which checklists were walked in one go, and type them back."""
        open_choice(self, self._register, lambda forms: self.enter(*forms))

    def recheck(self, check: Check) -> None:
        """Type back the second walk over the faults of a check."""
        open_recheck(self, self._register, check, self._sources())

    def print_chosen(self) -> None:
        """Print the sheets of the selected checks as they were filled in."""
        if uids := self.chosen_uids():
            self._preview(uids)
        else:
            tell(self, "请先在列表里选一次检查。", detail="空白的检查表在“打印空白表”里。")

    def print_blank(self, form: Checklist) -> None:
        """Print one checklist empty, for walking."""
        self._papers_out("checklist", self._register.views["blank"]({"checklist": form.id}))

    def print_all(self) -> None:
        """Print every checklist empty."""
        self._papers_out("checklist", self._register.views["blank"]({}))

    def show_tally(self) -> None:
        """Show how often was checked, by kind and leader, for the list as it is filtered."""
        uids, words = self.shown_uids(), self.filter_text()
        if not uids:
            tell(self, "列表里没有检查，没有数可以统计。")
            return
        tally = self._register.tally(uids)
        open_tally(self, tally, words, lambda: self._papers_out("check_tally", [tally], words))

    def _add_actions(self) -> None:
        if self._may(Right.REPORT_HAZARDS):
            menu = [("几张一起…", self.enter_several), None, *self._for_each(self.enter)]
            self.add_action("录入检查", kind="primary", icon="plus", menu=menu)
        blanks = [*self._for_each(self.print_blank), None, ("全部检查表", self.print_all)]
        self.add_action("打印空白表", menu=blanks)
        chosen: list[Entry] = [("检查记录（选中的）", self.print_chosen)]
        checks, store = self._register.all, self._register.store
        add_list(
            self,
            store,
            CHECKS,
            lambda: [(one.uid, one) for one in checks()],
            papers=self._papers,
            more=chosen,
        )
        self.add_action("统计", self.show_tally)

    def _for_each(self, do: Callable[[Checklist], None]) -> list[Entry]:
        forms = self._register.checklists.values()
        return [(form.title, partial(do, form)) for form in forms]

    def _foot(self, check: Check) -> list[QPushButton]:
        foot = [button("打印", press=lambda: self._preview([check.uid]))]
        if self._may(Right.REPORT_HAZARDS) and self._register.waiting(check.uid):
            again = button("录入复检", "primary", press=partial(self.recheck, check))
            foot.insert(0, again)
        if self._may(Right.EDIT_HAZARDS):
            foot.append(button("作废", press=partial(self._void, check)))
        return foot

    def _accept(self, uid: str) -> None:
        """Open the 验收 of a hazard with what the second walk saw; signing it is for a person."""
        hazard = self._register.hazards.get(uid)
        if hazard.step != Step.ACCEPT:
            self._go(uid)
            return
        said = self._register.evidence(uid)
        open_step(self, self._register.hazards, hazard, self._sources(), said=said)

    def _void(self, check: Check) -> None:
        void = partial(self._register.void, check.uid)
        ask_void(self, f"作废 {check.number}", _VOID_REASONS, void, stays=_STAYS)

    def _preview(self, uids: Sequence[str]) -> None:
        numbers = {self._register.get(uid).number for uid in uids}
        rows = self._register.views["filled"]({})
        self._papers_out("checklist_filled", [row for row in rows if row["number"] in numbers])

    def _papers_out(self, paper: str, rows: Sequence[dict[str, object]], words: str = "") -> None:
        def done(how: str) -> None:
            self._register.store.note(f"{how}：{self._papers.forms[paper].title}")

        self._papers.preview(self, paper, rows, words=words, done=done)

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)

    def _sources(self) -> Sources:
        people = [Offer(name, name, search_text(name)) for name in self._people()]
        places = place_offers(PlaceRegister(self._register.store))
        return Sources(
            lists={"person": lambda: people, "people": lambda: people, "place": lambda: places},
            keep_photo=self._register.hazards.photos.hold,
            load_photo=self._register.hazards.photos.load,
            today=self._register.today,
        )


def _row(check: Check, left: int) -> Row:
    mark = ("没有", "done", "done")
    if check.faults:
        mark = (
            (f"{check.faults} 条", "soon", "soon")
            if left
            else (f"{check.faults} 改好", "done", "done")
        )
    tags = {FAULTS if check.faults else "", AGAIN if left else ""} - {""}
    titles = tuple(parts_of(check.title))
    return Row(
        check.uid,
        (
            check.checked_on.isoformat(),
            check.kind,
            check.title,
            check.leader,
            str(check.points),
            mark,
            check.number,
        ),
        search_text(f"{check.title}{check.leader}") + check.inspectors,
        frozenset(tags),
        {
            "year": str(check.checked_on.year),
            "kind": check.kind,
            "title": titles if titles[1:] else check.title,
        },
    )
