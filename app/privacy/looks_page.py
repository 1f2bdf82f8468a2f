"""谁看过: who looked, printed, exported, scanned, by day, person and pupil; to be read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.pinyin import search_text
from app.core.values import show
from app.privacy.looks import Look, LookBook
from app.privacy.rules import Deed, spans_of
from app.ui.details import Details, facts
from app.ui.pages import Chip, Column, Empty, Facet, LateRow, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.widgets import label

PAPER = "privacy_looks"
ABOUT, GIVEN, PAPERS = "about", "given", "papers"
_PAPERS = (Deed.PRINT, Deed.SAVE)


class LooksPage(LedgerPage):
    """A line a look, the newest first."""

    title = "谁看过"
    hint = "搜索：谁、做了什么、学生"
    help_text = (
        "这里列出谁在哪天看过保密栏、打印、导出、扫描、备份，最新的在最上面。\n"
        "学生的姓名只在这一页写出来，操作记录里没有。\n"
        "这里的每一行都改不了，也删不掉；打印这张清单，也会记下一行。\n"
        "一次看全部学生的，“学生”一栏写“全部”；班主任看全部，只是自己班的全部。"
    )

    def __init__(self, book: LookBook, *, papers: Papers, memory: Memory | None = None) -> None:
        self._book, self._papers = book, papers
        self._looks: dict[str, Look] = {}
        super().__init__(
            columns=(
                Column("时间", 8.4, "note"),
                Column("谁", 5),
                Column("做了什么", 4, spare=True),
                Column("内容", 0),
                Column("学生", 5),
                Column("班级", 6, "note", spare=True),
            ),
            chips=(
                Chip(Deed.LOOK, "看保密栏和回执"),
                Chip(PAPERS, "打印和存PDF"),
                Chip(GIVEN, "导出"),
                Chip(Deed.SCAN, "扫描"),
                Chip(ABOUT, "看某一名学生"),
            ),
            facets=(
                Facet("span", "时间"),
                Facet("who", "谁", is_sorted=True),
                Facet("pupil", "学生", is_sorted=True),
                Facet("deed", "做了什么"),
            ),
            empty=Empty("还没有谁看过保密栏，也没有打印和导出。"),
            memory=memory,
        )
        self.add_action("打印", self.print_list)

    def read(self) -> Sequence[LateRow]:
        """Return a line a look."""
        self._looks = {look.uid: look for look in self._book.lines()}
        return [LateRow(uid, _tags(look), self._row) for uid, look in self._looks.items()]

    def details(self, uid: str | None) -> QWidget:
        """Say all that is known of one look."""
        if uid is None:
            return label("点一行，这里写出谁在什么时候做了什么。", "note", wrap=True)
        look = self._looks[uid]
        known = facts(
            (
                ("时间", show(look.at)),
                ("谁", look.who),
                ("做了什么", str(look.deed)),
                ("内容", look.label),
                ("学生", "　".join(filter(None, (_pupil(look), look.class_name)))),
            )
        )
        note = label("这一行改不了，也删不掉。", "note", wrap=True)
        return Details([label(look.label, "h2", wrap=True), note], (("记录", known),))

    def print_list(self) -> None:
        """Print exactly the lines on the screen, and say so in the heading."""
        rows = [self._looks[uid].row() for uid in self.shown_uids()]
        title = self._papers.forms[PAPER].title
        self._papers.preview(
            self,
            PAPER,
            rows,
            words=self.filter_text(),
            done=lambda how: self._book.store.note(f"{how}：{title}"),
        )

    def _row(self, uid: str) -> Row:
        look = self._looks[uid]
        pupil = _pupil(look)
        cells: tuple[Any, ...] = (
            f"{look.at:%Y-%m-%d %H:%M}",
            look.who,
            str(look.deed),
            look.label,
            pupil,
            look.class_name,
        )
        facets: dict[str, str | tuple[str, ...]] = {
            "span": spans_of(look.on, self._book.today()),
            "who": look.who,
            "pupil": look.pupil,
            "deed": str(look.deed),
        }
        search = f"{search_text(look.pupil)} {search_text(look.who)}"
        return Row(uid, cells, search, _tags(look), facets)


def _tags(look: Look) -> frozenset[str]:
    tags = {str(look.deed)}
    tags |= {PAPERS} if look.deed in _PAPERS else set()
    tags |= {GIVEN} if look.deed is Deed.EXPORT else set()
    return frozenset(tags | ({ABOUT} if look.pupil else set()))


def _pupil(look: Look) -> str:
    return look.pupil or ("全部" if look.deed is Deed.LOOK else "")
