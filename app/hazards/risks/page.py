"""The page of risk points: the risk list on the screen, and the papers that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.hazards.places.register import PlaceRegister
from app.hazards.places.suggesting_dialog import fill_in_area, place_offers
from app.hazards.records import Hazard
from app.hazards.risks.records import Risk
from app.hazards.risks.register import RiskRegister
from app.hazards.risks.rules import GRADES, SCHEMES, grade_text
from app.hazards.side_lists import RISKS
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, facts
from app.ui.editor import FormEditor
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label, vbox

REASONS = ("风险已消除", "设施已拆除", "重复登记", "登记错了")
_MARKS = {"红": ("major", "late"), "橙": ("late", "late"), "黄": ("soon", "soon")}
_AT_ONCE = 12

_COLUMNS = (
    Column("等级", 5.4, "mark"),
    Column("编号", 6.8, "note", spare=True),
    Column("风险点", 0, "two"),
    Column("层级", 4.4, "note"),
    Column("责任人", 4),
    Column("隐患", 3.4, "note"),
)
_CHIPS = (
    Chip("all", "风险点"),
    Chip("红", "红（重大）", "late", "major"),
    Chip("橙", "橙（较大）", "late", "late"),
    Chip("open", "有未销账隐患", "soon", "soon"),
)
_FACETS = (
    Facet("grade", "等级"),
    Facet("kind", "类别"),
    Facet("level", "层级"),
    Facet("department", "部门", is_sorted=True),
)


class RiskPage(LedgerPage):
    """Lists the risk points, the gravest first."""

    title = "风险清单"
    hint = "搜索：风险点、拼音首字母、编号"
    topics = frozenset({"risk", "hazard", "hazard_step", "place", "setting"})
    help_text = (
        "风险点是可能出事的地方，隐患是已经出现的问题。每个风险点定等级、措施和责任人，每学期至少查找一次。\n"
        "等级从重到轻：红（重大）、橙（较大）、黄（一般）、蓝（低）；只分三级的地方，在“分级”里改。\n"
        "登记隐患时可以选“关联风险点”，这里就能看到每个风险点出过哪些隐患。\n"
        "“打印”里有风险清单、防控责任清单、现场张贴的告知牌，还有从已登记资料填好的“一校一策”方案。"
    )

    def __init__(
        self,
        register: RiskRegister,
        *,
        form: Form,
        papers: Papers,
        places: PlaceRegister,
        plan: Callable[[], Mapping[str, object]],
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        """``plan`` gives the plan of the school (一校一策) as its paper needs it."""
        self._register = register
        self._plan = plan
        self._form = form
        self._papers = papers
        self._places = places
        self._people = people
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=_FACETS,
            empty=Empty(
                "还没有风险点。先想食堂、宿舍、楼梯和校门口。",
                "登记风险点" if self._may() else "",
                self.enter,
            ),
            memory=memory,
        )
        if self._may():
            self.add_action("登记风险点", self.enter, kind="primary", icon="plus")
        papers_menu: list[Entry] = [
            ("风险清单（当前列表）", partial(self._print, "risk_list")),
            ("防控责任清单（当前列表）", partial(self._print, "risk_duty")),
            ("告知牌（选中的）", self.print_signs),
            None,
            ("“一校一策”安全工作方案", self.print_plan),
        ]
        self.add_action("打印", menu=papers_menu)
        add_export(
            self, self._register.store, RISKS, lambda: [(one.uid, one) for one in register.all()]
        )
        if self._may():
            self.add_action("分级", menu=self._schemes)

    def read(self) -> Sequence[Row]:
        """Return a line a risk point."""
        number_open = self._register.open_hazards()
        return [_row(risk, number_open[risk.number]) for risk in self._register.all()]

    def details(self, uid: str | None) -> QWidget:
        """Show one risk point with the hazards found at it."""
        if uid is None:
            return label("点一个风险点，这里显示它的措施、责任和出过的隐患。", "note", wrap=True)
        risk = self._register.get(uid)
        word = grade_text(risk.grade)
        top = hbox((label(risk.name, "h2", wrap=True), 1), Pill(word, *_mark(risk.grade)))
        said = (risk.number, risk.kind, risk.place, risk.area)
        head: list[QLayout | QWidget] = [
            top,
            label(" · ".join(filter(None, said)), "note", wrap=True),
        ]
        parts: list[tuple[str, QLayout | QWidget]] = [
            ("管控", _known(risk)),
            ("隐患", _hazards(self._register.hazards(risk.number))),
            ("改动历史", HistoryPane(self._register.store, uid, self._labels())),
        ]
        return Details(head, parts, self._foot(risk))

    def open(self, uid: str) -> None:
        """Bring a risk point up to date."""
        if self._may():
            risk = self._register.get(uid)
            values = {field.key: getattr(risk, field.key) for field in self._form.fields}
            title = f"更新 {risk.number}"
            self._edit(
                lambda said: self._register.correct(uid, seen=risk.rev, **said), values, title=title
            )

    def enter(self) -> None:
        """Enter a risk point."""

        def save(said: Any) -> None:
            self.choose(self._register.enter(**said).uid)

        self._edit(save, None, again="保存并再登一处")

    def print_signs(self) -> None:
        """Print a sign for each chosen risk point, to be put up where it is."""
        uids = set(self.chosen_uids())
        rows = [row for uid, row in self._by_uid("list").items() if uid in uids]
        if rows:
            self._preview("risk_sign", rows, "")
        else:
            tell(self, "请先在列表里选风险点。", detail="按住 Ctrl 点，可以选几个，一个一张。")

    def print_plan(self) -> None:
        """Print the plan of the school, as of today."""
        self._preview("school_plan", [self._plan()], "")

    def _print(self, paper_id: str) -> None:
        by_uid = self._by_uid("duty" if paper_id == "risk_duty" else "list")
        shown = set(self.shown_uids())
        rows = [row for uid, row in by_uid.items() if uid in shown]
        if rows:
            self._preview(paper_id, rows, self.filter_text())
        else:
            tell(self, "列表里一个风险点也没有。", detail="请换一个条件，或者先登记。")

    def _preview(self, paper_id: str, rows: Sequence[Mapping[str, object]], words: str) -> None:
        title = self._papers.forms[paper_id].title

        def done(how: str) -> None:
            self._register.store.note(f"{how}：{title}")

        self._papers.preview(self, paper_id, rows, words=words, done=done)

    def _by_uid(self, view: str) -> dict[str, Mapping[str, object]]:
        uids = {risk.number: risk.uid for risk in self._register.all()}
        return {uids[row["number"]]: row for row in self._register.views[view]({})}

    def _edit(
        self,
        save: Callable[[dict[str, Any]], object],
        values: Mapping[str, Any] | None,
        *,
        title: str = "",
        again: str = "",
    ) -> None:
        sources = self._sources()
        editor = FormEditor(
            self._form, save, self, values, sources=sources, title=title, again=again
        )
        fill_in_area(editor, self._places)
        editor.open()

    def _schemes(self) -> list[Entry]:
        used = self._register.scheme()
        return [
            (
                f"{name}{'　现用' if name == used else ''}",
                partial(self._register.choose_scheme, name),
            )
            for name in SCHEMES
        ]

    def _foot(self, risk: Risk) -> list[Any]:
        sign = button("打印告知牌", press=self.print_signs)
        if not self._may():
            return [sign]
        void = partial(self._register.void, risk.uid)
        return [
            button("更新", "primary", press=partial(self.open, risk.uid)),
            sign,
            button("作废", press=lambda: ask_void(self, f"作废 {risk.number}", REASONS, void)),
        ]

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.EDIT_HAZARDS)

    def _sources(self) -> Sources:
        people = [Offer(name, name, search_text(name)) for name in self._people()]
        grades = [Offer(grade_text(grade), grade) for grade in SCHEMES[self._register.scheme()]]
        places = place_offers(self._places)
        areas = [Offer(x, x, search_text(x)) for x in self._form.field("area").choices]
        return Sources(
            lists={
                "person": lambda: people,
                "grade": lambda: grades,
                "area": lambda: areas,
                "place": lambda: places,
            },
            today=self._register.today,
        )

    def _labels(self) -> dict[str, str]:
        return {field.key: field.label for field in self._form.fields}


def _known(risk: Risk) -> QLayout:
    return facts(
        (
            ("风险", risk.what),
            ("可能事故", risk.accidents or ""),
            ("措施", risk.measures or "还没有定"),
            ("管控层级", risk.level or ""),
            ("责任", " ".join(filter(None, (risk.department, risk.owner))) or "还没有定"),
            ("检查频次", risk.frequency or ""),
            ("更新日期", show(risk.updated_on)),
        )
    )


def _hazards(found: Sequence[Hazard]) -> QLayout:
    """Return the hazards found at a risk point, those not closed first."""
    if not found:
        return vbox(label("还没有关联的隐患。登记隐患时选“关联风险点”。", "note", wrap=True))
    lines = [
        (h.number, f"{h.place}：{h.what}（{'已销账' if h.step is None else f'待{h.step}'}）")
        for h in found[:_AT_ONCE]
    ]
    if len(found) > _AT_ONCE:
        lines.append(("", f"还有 {len(found) - _AT_ONCE} 条，请到台账里看。"))
    return facts(lines)


def _mark(grade: str) -> tuple[str, str]:
    return _MARKS.get(grade, ("none", "accent"))


def _row(risk: Risk, number_open: int) -> Row:
    tags = {"all", risk.grade if risk.grade in GRADES else "", "open" if number_open else ""}
    return Row(
        risk.uid,
        (
            (grade_text(risk.grade), *_mark(risk.grade)),
            risk.number,
            (risk.name, risk.place or risk.area or ""),
            risk.level,
            risk.owner,
            f"{number_open}条" if number_open else "",
        ),
        f"{search_text(risk.name)} {search_text(risk.place or '')} {search_text(risk.owner or '')}",
        frozenset(tags - {""}),
        {
            "grade": grade_text(risk.grade),
            "kind": risk.kind,
            "level": risk.level or "没有定",
            "department": risk.department or "没有定",
        },
    )
