"""What one does with a drill, beside the calendar and the ledger alike: its acts and its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.core.forms import Field, Form
from app.core.roles import Right
from app.core.values import show
from app.drills.doing.count_dialog import open_count
from app.drills.doing.gaps import Gap
from app.drills.doing.plan_dialog import open_plan
from app.drills.doing.record_dialog import open_record
from app.drills.doing.register import DoingRegister
from app.drills.doing.rules import by_building, said
from app.drills.doing.stopwatch import Run
from app.drills.doing.stopwatch_dialog import open_stopwatch
from app.drills.records import Drill
from app.drills.rules import MANNERS
from app.ui.blanks import Sources
from app.ui.details import facts
from app.ui.editor import FormEditor
from app.ui.flow import Flow
from app.ui.papers import Papers
from app.ui.photo_tile import PhotoTile, Thumbs
from app.ui.photo_viewer import Shot, view_photos
from app.ui.widgets import Entry, Shape, button, hbox, label, vbox

Part = QWidget | QLayout
DOING_TOPICS = frozenset(
    {"drill_sheet", "drill_companion", "drill_count", "drill_record", "drill_gap", "hazard"}
)
_PAPERS = (
    ("方案（内部，写陪护学生姓名）", "drill_plan", True),
    ("方案（张贴和上报，不写姓名）", "drill_plan", False),
    ("清点卡（全校一张）", "drill_card", False),
    ("各班清点单", "drill_slip", False),
    ("签到表", "drill_signin", False),
    ("记录表", "drill_record", False),
    ("总结评估", "drill_summary", False),
)
_SETTLE = (
    Field("on", "落实日期", "date", required=True),
    Field("outcome", "落实情况", "long", required=True),
)


class DrillActs:
    """The acts of doing a drill; ``parent`` is the page they are offered on.

    ``inner`` prints for inside, names and all; ``go`` opens a hazard by its uid.
    """

    def __init__(
        self,
        parent: QWidget,
        doing: DoingRegister,
        *,
        papers: Papers,
        inner: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        go: Callable[[str], object] = lambda uid: None,
    ) -> None:
        self._parent, self._doing = parent, doing
        self._papers, self._inner = papers, inner
        self._people, self._go = people, go
        self._thumbs = Thumbs(doing.hazards.photos.load)
        self.may = doing.store.sitter.may(Right.DRILLS)

    def foot(self, drill: Drill) -> list[QPushButton]:
        """Return the buttons of one drill, the next thing to do first."""
        print_ = button("打印", menu=self._prints(drill))
        if not self.may:
            return [print_]
        uid = drill.uid
        watch = ("秒表", partial(self.time, uid))
        count, record = (
            ("录入清点", partial(self.count, uid)),
            ("写记录", partial(self.record, uid)),
        )
        plan = ("方案", partial(self.plan, uid))
        if drill.manner == MANNERS[1]:
            order = [record, plan]
        elif drill.done_on:
            order = [record, count, plan]
        elif drill.planned_on > self._doing.today():
            order = [plan, watch, count, record]
        elif drill.planned_on < self._doing.today():
            order = [count, record, watch, plan]
        else:
            order = [watch, plan, count, record]
        first, *rest = order
        return [
            button(first[0], "primary", press=first[1]),
            *(button(word, press=press) for word, press in rest),
            print_,
        ]

    def parts(self, drill: Drill) -> list[tuple[str, Part]]:
        """Return what is known beyond the planning: sheet, run, counts, record, gaps, photos."""
        found: list[tuple[str, Part | None]] = [
            ("正在计时", self._running(drill)),
            ("方案", self._sheet(drill)),
            ("清点", self._counted(drill)),
            ("记录", self._record(drill)),
            ("问题和改进", self._gaps(drill)),
            ("照片", self._photos(drill)),
        ]
        return [(title, part) for title, part in found if part is not None]

    def plan(self, uid: str) -> None:
        """Write the plan sheet."""
        open_plan(self._parent, self._doing, uid, self._people())

    def time(self, uid: str) -> None:
        """Run the stopwatch, then type in what else the cards say."""
        open_stopwatch(self._parent, self._doing, uid, partial(self._timed, uid))

    def count(self, uid: str) -> None:
        """Type the card back."""
        open_count(
            self._parent, self._doing, uid, self._people(), partial(self._counted_now, uid, False)
        )

    def record(self, uid: str) -> None:
        """Write the record."""
        open_record(self._parent, self._doing, uid, self._people(), self._doing.plans())

    def print(self, uid: str, paper: str, *, is_inner: bool = False) -> None:
        """Show one paper of a drill."""
        number = self._doing.drills.get(uid).number
        papers = self._inner if is_inner else self._papers
        source = papers.forms[paper].source.partition(".")[2]
        rows = self._doing.views[source]({"number": number})
        title = papers.forms[paper].title
        papers.preview(
            self._parent,
            paper,
            rows,
            done=lambda how: self._doing.store.note(f"{how}：{title}", about=uid),
        )

    def _prints(self, drill: Drill) -> Callable[[], list[Entry]]:
        may_name = self._doing.store.sitter.may(Right.SEE_SEALED)

        def entries() -> list[Entry]:
            shown = [one for one in _PAPERS if may_name or not one[2]]
            if not drill.done_on:
                shown = [one for one in shown if one[1] not in ("drill_summary",)]
            return [
                (word, partial(self.print, drill.uid, paper, is_inner=is_inner))
                for word, paper, is_inner in shown
            ]

        return entries

    def _timed(self, uid: str, run: Run) -> None:
        entered = partial(self._counted_now, uid, True)
        open_count(self._parent, self._doing, uid, self._people(), entered, run)

    def _counted_now(self, uid: str, is_run: bool) -> None:
        if is_run:
            self._doing.stop()
        if not self._doing.has_words(uid):
            self.record(uid)

    def _running(self, drill: Drill) -> Part | None:
        run = self._doing.run()
        if run is None or run.drill_uid != drill.uid:
            return None
        words = f"{run.started_at:%H:%M} 发的信号，{len(run.reports)} 个班报告了。"
        if run.is_over:
            words = f"计时已经停在{said(run.elapsed(self._doing.now()))}，还没有录入。"
        go_on = button("打开秒表", "link", press=partial(self.time, drill.uid))
        layout: Part = vbox(
            hbox(Shape("work", "soon"), (label(words, wrap=True), 1)), hbox(go_on, None)
        )
        return layout if self.may else None

    def _sheet(self, drill: Drill) -> Part | None:
        sheet = self._doing.sheets.of(drill.uid)
        left = self._doing.records.open_gaps(drill.kind, but=drill.uid)
        rows: list[Any] = []
        if left and not drill.done_on:
            words = f"上次没有改好的 {len(left)} 个问题：{'；'.join(gap.what for gap in left)}"
            rows.append(hbox(Shape("late", "late"), (label(words, tone="late", wrap=True), 1)))
        if sheet is None:
            if not drill.done_on:
                rows.append(label("还没有写方案。", "note"))
        else:
            placed = sum(bool(post.get("by")) for post in sheet.posts)
            count = self._doing.sheets.companion_count(drill.uid)
            approved = (
                f"{sheet.approver} {show(sheet.approved_on)}" if sheet.approved_on else "还没有审"
            )
            rows.append(
                facts(
                    (
                        ("审批", approved),
                        ("目标", said(sheet.target_seconds)),
                        ("集合地点", sheet.assembly or ""),
                        ("分工", f"{len(sheet.posts)} 个岗位，{placed} 个有人"),
                        ("陪护学生", f"{count} 人" if count else ""),
                        ("路线", self._clash_words(sheet.routes)),
                    )
                )
            )
        if not rows:
            return None
        layout: Part = vbox(*rows)
        return layout

    def _clash_words(self, routes: Sequence[Any]) -> str:
        clashes = self._doing.sheets.clashes(routes)
        return "；".join(clashes) if clashes else f"{len(routes)} 个班，没有冲突" if routes else ""

    def _counted(self, drill: Drill) -> Part | None:
        counts = self._doing.records.counts(drill.uid)
        if not counts:
            return None
        timed = [one for one in counts if one.seconds is not None]
        slow = max(timed, key=lambda one: one.seconds or 0, default=None)
        absent = "；".join(f"{one.unit}{one.absent}" for one in counts if one.absent)
        record = self._doing.records.of(drill.uid)
        nodes = (record.nodes if record else None) or {}
        buildings = [
            (name, f"{there}/{due}人　{said(seconds)}")
            for name, due, there, seconds in by_building(counts)
            if name
        ]
        return facts(
            (
                *((name, said(at)) for name, at in nodes.items() if at),
                *buildings,
                ("最慢的班", f"{slow.unit} {said(slow.seconds)}" if slow else ""),
                ("没有到的", absent),
            )
        )

    def _record(self, drill: Drill) -> Part | None:
        if drill.done_on is None:
            return None
        record, missing = self._doing.records.of(drill.uid), self._doing.records.missing(drill.uid)
        words = f"五要素还缺：{'、'.join(missing)}" if missing else "五要素都有了"
        shape, tone = ("soon", "soon") if missing else ("done", "done")
        rows: list[Any] = [hbox(Shape(shape, tone), (label(words, tone=tone, wrap=True), 1))]
        if record is not None:
            late = (
                f"{show(record.entered_at)} 录入，{record.late_reason}"
                if record.late_reason
                else ""
            )
            rows.append(
                facts(
                    (
                        ("等级", record.verdict or ""),
                        ("总结", record.summary or ""),
                        ("专业指导", record.experts or ""),
                        ("反馈", record.feedback or ""),
                        ("伤情异常", record.injuries or ""),
                        ("补录", late),
                    )
                )
            )
        layout: Part = vbox(*rows)
        return layout

    def _gaps(self, drill: Drill) -> Part | None:
        gaps = self._doing.records.gaps(drill.uid)
        if not gaps:
            return None
        layout: Part = vbox(*(self._gap(gap) for gap in gaps))
        return layout

    def _gap(self, gap: Gap) -> QLayout:
        shape, tone = ("soon", "soon") if gap.is_open else ("done", "done")
        by = f"{gap.owner} {show(gap.due_on)}前" if gap.due_on else gap.owner
        told = "；".join(filter(None, (gap.fix, by.strip(), gap.outcome)))
        acts: list[QPushButton] = []
        if gap.hazard:
            acts.append(button(gap.hazard, "link", press=partial(self._go, gap.hazard_uid)))
        elif gap.is_open and self.may:
            make = partial(self._doing.records.make_hazard, gap.uid)
            acts.append(button("转成隐患", "link", press=make))
            acts.append(button("已落实", "link", press=partial(self._settle, gap)))
        rows = [hbox(Shape(shape, tone), (label(gap.what, wrap=True), 1))]
        if told:
            rows.append(hbox((label(told, "note", wrap=True), 1)))
        rows.append(hbox(*acts, None))
        made: QLayout = vbox(*rows, gap=2)
        return made

    def _settle(self, gap: Gap) -> None:
        def save(values: dict[str, Any]) -> None:
            self._doing.records.settle(gap.uid, **values)

        form = Form("drill_gap", f"落实改进：{gap.what}", _SETTLE)
        values = {"on": self._doing.today()}
        sources = Sources(today=self._doing.today)
        FormEditor(form, save, self._parent, values, sources=sources).open()

    def _photos(self, drill: Drill) -> Part | None:
        record = self._doing.records.of(drill.uid)
        names = list(record.photos or ()) if record else []
        if not names or record is None:
            return None
        shots = [Shot(name, f"照片{n}", record.uid) for n, name in enumerate(names, start=1)]
        row = QWidget()
        tiles = [PhotoTile(one.name, one.caption, self._thumbs) for one in shots]
        for number, tile in enumerate(tiles):
            tile.clicked.connect(
                partial(
                    view_photos, self._parent, shots, number, self._doing.hazards.photos.load, None
                )
            )
        row.setLayout(Flow(*tiles))
        return row
