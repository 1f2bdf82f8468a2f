"""The page of surroundings: places and problems by ring, the letters, the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.hazards.side_lists import SURROUNDINGS
from app.hazards.surroundings.details_pane import known, story
from app.hazards.surroundings.matter_dialog import (
    open_answer,
    open_answer_by_number,
    open_end,
    open_letter,
    open_rings,
)
from app.hazards.surroundings.records import Surrounding
from app.hazards.surroundings.register import SurroundingRegister
from app.hazards.surroundings.rows_pane import LOOKS, row_of
from app.hazards.surroundings.rules import Standing, basis, ring_of
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details
from app.ui.editor import FormEditor
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label

REASONS = ("重复登记", "登记错了", "已搬走或关停", "不在学校周边")
_OWN = {
    "department": "通报部门", "request": "请求事项", "notified_on": "通报日期",
    "answer": "处理情况", "answered_on": "答复日期", "outcome": "结果", "closed_on": "办结日期",
}  # fmt: skip

_COLUMNS = (
    Column("状态", 4, "status"),
    Column("编号", 6.8, "note", spare=True),
    Column("类别和地点", 0, "two"),
    Column("距离", 4, "note"),
    Column("通报部门", 9),
)
_CHIPS = (
    Chip("open", "没有办结", is_on=True),
    Chip("to_notify", "待通报", "soon", "soon"),
    Chip("waiting", "等答复"),
    Chip("place", "场所"),
)
_FACETS = (
    Facet("ring", "圈层"),
    Facet("kind", "类别", is_sorted=True),
    Facet("department", "部门", is_sorted=True),
    Facet("year", "年度"),
)


class SurroundingPage(LedgerPage):
    """Lists what is around the school, the nearest first."""

    title = "校园周边"
    hint = "搜索：名称、拼音首字母、编号"
    topics = frozenset({"surrounding", "setting"})
    help_text = (
        "校门外的场所和问题都登记在这里，按离校门的米数分圈，近的在前。\n"
        "学校管不了的问题，开通报函给主管部门；答复和日期记在这里，处理好了就办结。\n"
        "通报函默认15天没有答复，列在“今日”，天数学校自己定；答复来了按编号登记。\n"
        "默认三圈是50米（市场和占道摊点）、200米（网吧，《互联网上网服务营业场所管理条例》第九条）、"
        "300米（网吧、饭店、旅馆、摊点、非法出版物的清查），在“圈层和提醒”里可以改。"
    )

    def __init__(
        self,
        register: SurroundingRegister,
        *,
        form: Form,
        papers: Papers,
        memory: Memory | None = None,
    ) -> None:
        self._register = register
        self._form = form
        self._papers = papers
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=_FACETS,
            empty=Empty(
                "还没有登记校园周边。从校门口往外走一圈。",
                "登记周边" if self._may() else "",
                self.enter,
            ),
            memory=memory,
        )
        self.filters.changed.connect(self._say_what_is_hidden)
        if self._may():
            self.add_action("登记周边", self.enter, kind="primary", icon="plus")
        papers_menu: list[Entry] = [
            ("周边台账（当前列表）", self.print_list),
            ("通报函（选中的）", self.print_letters),
        ]
        self.add_action("打印", menu=papers_menu)
        add_export(
            self,
            self._register.store,
            SURROUNDINGS,
            lambda: [(one.uid, one) for one in register.all()],
        )
        if self._may():
            self.add_action("按编号登记答复", self.take_answer)
            self.add_action("圈层和提醒", lambda: open_rings(self, self._register))

    def read(self) -> Sequence[Row]:
        """Return a line a place or problem."""
        rings = self._register.rings()
        return [row_of(found, rings) for found in self._register.all()]

    def refresh(self) -> None:
        """Read again, and say anew how many are not listed."""
        super().refresh()
        self._say_what_is_hidden()

    def details(self, uid: str | None) -> QWidget:
        """Show one matter: what it is, what the rules ask, whom it was reported to."""
        if uid is None:
            return label("点一条，这里显示它的情况、通报和答复。", "note", wrap=True)
        found, rings = self._register.get(uid), self._register.rings()
        top = hbox(
            (label(found.name, "h2", wrap=True), 1), Pill(found.status, *LOOKS[found.status])
        )
        where = f"离校门{found.distance}米（{ring_of(found.distance, rings)}）"
        said = " · ".join((found.number, found.nature, found.kind, where))
        parts: list[tuple[str, QLayout | QWidget]] = [
            ("情况", known(found, basis(found.kind, found.distance, rings))),
            ("通报和答复", story(found)),
            ("改动历史", HistoryPane(self._register.store, uid, self._labels())),
        ]
        return Details([top, label(said, "note", wrap=True)], parts, self._foot(found))

    def open(self, uid: str) -> None:
        """Put right what was entered."""
        if self._may():
            found = self._register.get(uid)
            values = {field.key: getattr(found, field.key) for field in self._form.fields}
            values["distance"] = Decimal(found.distance)
            title = f"改正 {found.number}"
            self._edit(
                lambda said: self._register.correct(uid, seen=found.rev, **said),
                values,
                title=title,
            )

    def enter(self) -> None:
        """Enter a place or a problem."""

        def save(said: Any) -> None:
            self.choose(self._register.enter(**said).uid)

        self._edit(save, None, again="保存并再登一条")

    def print_list(self) -> None:
        """Print the list as it is filtered."""
        rows = self._register.rows(self.shown_uids())
        if not rows:
            tell(self, "列表里一条也没有。", detail="请换一个条件，或者先登记。")
            return
        self._papers.preview(
            self,
            "surroundings_ledger",
            rows,
            words=self.filter_text(),
            done=lambda how: self._register.store.note(f"{how}：校园周边安全台账"),
        )

    def print_letters(self) -> None:
        """Print the letters of the chosen ones that were reported to a department."""
        uids = [uid for uid in self.chosen_uids() if self._register.get(uid).notified_on]
        if not uids:
            tell(self, "选中的还没有开通报函。", detail="请先按“开通报函”，写明部门和请求。")
            return

        def done(how: str) -> None:
            for uid in uids:
                self._register.printed(uid, how=how)

        self._papers.preview(self, "surroundings_letter", self._register.rows(uids), done=done)

    def take_answer(self) -> None:
        """Type in an answer that came, by the number of its letter."""
        open_answer_by_number(self, self._register, self.choose)

    def _edit(
        self,
        save: Callable[[dict[str, Any]], object],
        values: Mapping[str, Any] | None,
        *,
        title: str = "",
        again: str = "",
    ) -> None:
        kinds = next(field.choices for field in self._form.fields if field.key == "kind")
        offers = [Offer(kind, kind, search_text(kind)) for kind in kinds]
        sources = Sources(lists={"kind": lambda: offers}, today=self._register.today)

        def keep(said: dict[str, Any]) -> object:
            return save(said | {"distance": round(said["distance"])})

        form = replace(self._form, title=title or self._form.title)
        FormEditor(form, keep, self, values, sources=sources, again=again).open()

    def _foot(self, found: Surrounding) -> list[Any]:
        if not self._may():
            return []
        asking = partial(self._ask, found)
        more: list[Entry] = [("改正", partial(self.open, found.uid))]
        status = found.status
        if status is Standing.CLOSED:
            main = button("重新办理", press=partial(self._register.reopen, found.uid))
        elif status is Standing.NOTIFIED:
            main = button("登记答复", "primary", press=lambda: asking(open_answer))
        elif status is Standing.ANSWERED:
            main = button("办结", "primary", press=lambda: asking(open_end))
        else:
            main = button("开通报函", "primary", press=self._notifying(found))
        if found.notified_on:
            more.append(("打印通报函", self.print_letters))
        if status in (Standing.NOTIFIED, Standing.ANSWERED):
            more.append(("再开通报函", self._notifying(found)))
        if status not in (Standing.CLOSED, Standing.ANSWERED):
            more.append(("办结", lambda: asking(open_end)))
        void = partial(self._register.void, found.uid)
        more += [None, ("作废", lambda: ask_void(self, f"作废 {found.number}", REASONS, void))]
        return [main, button("更多", menu=more)]

    def _notifying(self, found: Surrounding) -> Callable[[], None]:
        """Return what opens the letter, and shows it to be printed once it is saved."""

        def open_it() -> None:
            editor = open_letter(self, self._register, found)
            editor.accepted.connect(lambda: self._print_again(found.uid))

        return open_it

    def _print_again(self, uid: str) -> None:
        self.choose(uid)
        self.print_letters()

    def _ask(
        self,
        found: Surrounding,
        dialog: Callable[[QWidget, SurroundingRegister, Surrounding], object],
    ) -> None:
        dialog(self, self._register, found)

    def _say_what_is_hidden(self) -> None:
        closed = sum("open" not in row.tags for row in self.table.ledger.every_row())
        if closed and self.filters.wanted().tag == "open":
            show = button("也列出", "link", press=lambda: self.filters.choose_tag(""))
            self.put_note(hbox(label(f"已办结 {closed} 条，没有列出", "note"), show))
        else:
            self.put_note()

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.EDIT_HAZARDS)

    def _labels(self) -> dict[str, str]:
        return {field.key: field.label for field in self._form.fields} | _OWN
