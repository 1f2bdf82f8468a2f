"""The small designer: a ledger's blanks changed in sight of the sheet they print on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.core.errors import UserError
from app.core.forms import Form
from app.ledgers import designing as d
from app.ledgers.bringing import differences
from app.ledgers.designer_blanks_pane import BlankList
from app.ledgers.designer_facts_pane import FactsPane
from app.ledgers.designer_head_pane import HeadPane
from app.ledgers.designer_looks_pane import LooksPane
from app.ledgers.register import LedgerRegister
from app.ledgers.shapes import LedgerShape, ShapeBook
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.helping import open_chapter
from app.ui.jobs import Job, run_job
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.widgets import Entry, button, hbox, label, rule, vbox

_WIDE_PX, _HIGH_PX = 1330, 690
_LIST_EM, _FACTS_EM = 15, 13
_MOST_STEPS = 200
_HELP = (
    "左边是台账的空，按印的先后排着：拖动或者按 Alt+↑、Alt+↓ 换先后，Ctrl+N 加一个空，"
    "Del 收起，收起的排在最后，回车放回来。\n"
    "中间是选中的那个空：叫什么（F2）、填什么、必填不必填、提前几天提醒、印多宽、谁能看。\n"
    "右边上面是印出来的样子，拖栏目之间的线改宽窄，“排满一页”按比例排好；下面是登记时填的样子。\n"
    "登记过的内容都留着：改名不动内容，收起的空里填过的也在；填法只有原来的内容都放得下才能改。\n"
    "每保存一次存一版，“以前的样子”里能换回去；保存以后按“撤销”也能退回来。"
)


class Designer(Sheet):
    """Changes one form step by step; only 保存 keeps it, all of it or nothing."""

    def __init__(
        self,
        parent: QWidget,
        register: LedgerRegister,
        form: Form,
        *,
        shapes: ShapeBook,
        papers: Papers,
        then: Callable[[str], object],
    ) -> None:
        """``then`` hears the id of the ledger that was kept."""
        self._register, self._shapes, self._then = register, shapes, then
        self._start, self._steps = form, [form]
        self._key, self._last = form.fields[0].key, ("", "")
        self._is_keeping = False
        self._head = HeadPane(self._groups(), self._rename, self._fill_sheet)
        self._list = BlankList(
            chosen=self._choose, ordered=self._order, moved=self._move, away=self._put_away
        )
        self._facts = FactsPane(self._change)
        self._looks = LooksPane(register, papers, widened=self._widen, chosen=self._choose)
        self._message = label("", "note", "late", wrap=True)
        title = f"改台账：{form.title}" if form.id in register.forms else "新台账"
        super().__init__(
            parent, title, self._lay_out_body(), self._lay_foot(), width=_WIDE_PX, height=_HIGH_PX
        )
        self._add_keys()
        self._show()
        if form.id in register.forms:
            self._list.setFocus()
        else:
            self._head.begin()

    @property
    def form(self) -> Form:
        """The form as it is now."""
        return self._steps[-1]

    def add(self) -> None:
        """Put a new blank behind the chosen one; its name is typed at once."""
        form, self._key = d.added(self.form, self._key)
        self._step(form)
        self._facts.begin()

    def undo(self) -> None:
        """Take the last step back."""
        if len(self._steps) > 1:
            self._steps.pop()
            self._last = ("", "")
            self._show()

    def keep(self) -> None:
        """Keep the form, and say why not where it cannot be."""
        if wrong := list(d.faults(self.form)):
            self._say("；".join(wrong) + "。")
            return
        form = d.tidied(self.form)
        before = self._register.forms.get(form.id)
        words = "；".join(differences(form, before)) if before else "开始这本台账"
        if before == form:
            self.accept()
            return
        if not self._is_keeping:
            self._is_keeping = True
            run_job(self, "正在保存台账", partial(self._keep, form, words), self._kept)

    def _keep(self, form: Form, words: str, job: Job) -> Form | UserError:
        """Keep the form on a thread of its own, since every line may have to be gone through."""
        try:
            return self._shapes.keep(form, words or "改了细节", tick=job.step)
        except UserError as error:
            return error

    def _kept(self, kept: Form | UserError) -> None:
        self._is_keeping = False
        if isinstance(kept, UserError):
            self._say(kept.what + kept.do)
            return
        self.accept()
        self._then(kept.id)

    def show_help(self) -> None:
        """Say how a ledger is changed."""
        open_chapter(self, "其他台账", title="改一本台账", text=_HELP)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_left"):
            self._measure()

    def reject(self) -> None:
        """Close without keeping; ask first if something was changed."""
        if self.form == self._start:
            super().reject()
            return
        ask(
            self,
            "改动还没有保存，要放弃吗？",
            yes="放弃",
            no="继续改",
            then=lambda: QDialog.reject(self),
        )

    def _lay_out_body(self) -> Any:
        self._up = button("上移", icon="up", press=lambda: self._move(-1))
        self._down = button("下移", icon="down", press=lambda: self._move(1))
        self._away = button("收起", press=self._put_away)
        new = button("加一个空", icon="plus", press=self.add)
        new.setToolTip("加一个空　Ctrl+N")
        self._up.setToolTip("上移　Alt+↑")
        self._down.setToolTip("下移　Alt+↓")
        below = vbox(hbox(new, self._away, None), hbox(self._up, self._down, None))
        self._left = QWidget()
        self._left.setLayout(vbox((self._list, 1), below))
        parts = hbox(self._left, self._facts, rule(vertical=True), (self._looks, 1), gap=t.M)
        self._measure()
        return vbox(self._head, (parts, 1), gap=t.S)

    def _measure(self) -> None:
        self._left.setFixedWidth(t.em() * _LIST_EM)
        self._facts.setFixedWidth(t.em() * _FACTS_EM)

    def _lay_foot(self) -> list[Any]:
        self._back = button("撤销", "quiet", icon="undo", press=self.undo)
        self._back.setToolTip("撤销一步　Ctrl+Z")
        older = button("以前的样子", menu=self._older)
        save = button("保存", "primary", press=self.keep)
        foot: list[Any] = [(self._message, 1), self._back]
        if self._start.id in self._register.forms:
            foot.append(older)
        else:
            older.deleteLater()
        return [*foot, save, button("取消", press=self.reject)]

    def _add_keys(self) -> None:
        acts = {
            "Ctrl+Z": self.undo,
            "Ctrl+S": self.keep,
            "Ctrl+N": self.add,
            "F1": self.show_help,
            "F2": self._facts.begin,
        }
        for key, act in acts.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda by=step: self._move(by))

    def _older(self) -> list[Entry]:
        """Return the versions that were kept, to be looked at here before they are kept again."""
        id = self._start.id
        entries: list[Entry] = [
            (f"第{one.version}版　{one.made_on:%Y-%m-%d}　{one.words[:24]}", self._going_to(one))
            for one in self._shapes.versions(id)[1:]
        ]
        if id in self._shapes.shipped and self._shapes.versions(id):
            entries = [*entries, None] if entries else []
            entries.append(("软件自带的样子", lambda: self._step(self._shapes.shipped_shape(id))))
        return entries or [("还没有以前的样子", lambda: None)]

    def _going_to(self, shape: LedgerShape) -> Callable[[], None]:
        return lambda: self._step(self._shapes.older(shape))

    def _groups(self) -> list[str]:
        return list(dict.fromkeys(form.group for form in self._register.all()))

    def _rename(self, fact: str, value: Any) -> None:
        form = replace(self.form, **{fact: value})
        if fact == "orientation" and d.room_left(form) < 0:
            form = d.filled(form)
        self._step(form, (fact, ""))

    def _fill_sheet(self) -> None:
        self._step(d.filled(self.form))

    def _choose(self, key: str) -> None:
        self._key, self._last = key, ("", "")
        self._show()

    def _order(self, keys: list[str]) -> None:
        self._step(d.put_at(self.form, keys))

    def _move(self, step: int) -> None:
        if not self._is_away():
            self._step(d.moved(self.form, self._key, step))

    def _put_away(self) -> None:
        if self._is_away():
            self._step(d.put_back(self.form, self._key))
            return
        try:
            self._step(d.put_away(self.form, self._key))
        except UserError as error:
            self._say(error.what)

    def _widen(self, key: str, wide: int) -> None:
        self._key = key
        self._change("width", wide)

    def _change(self, fact: str, value: Any) -> None:
        try:
            if fact == "listed":
                form = d.listed(self.form, self._key, is_listed=value)
            else:
                form = d.changed(self.form, self._key, **{fact: value})
        except UserError as error:
            self._show()
            self._say(error.what)
        else:
            self._step(form, (fact, self._key))

    def _step(self, form: Form, what: tuple[str, str] = ("", "")) -> None:
        """Take a step; what is typed on in one blank is one step."""
        if form == self.form:
            self._show()
            return
        if what != ("", "") and what == self._last:
            self._steps[-1] = form
        else:
            self._steps = [*self._steps[-_MOST_STEPS:], form]
        self._last = what
        self._show()

    def _is_away(self) -> bool:
        return self._key in {field.key for field in self.form.hidden}

    def _show(self) -> None:
        form = self.form
        if self._key not in {field.key for field in form.every}:
            self._key = form.fields[0].key
        self._head.show_form(form)
        self._list.show_form(form, self._key)
        self._facts.show_blank(form, self._key)
        self._looks.show_form(form, self._key)
        self._away.setText("放回来" if self._is_away() else "收起")
        for part in (self._up, self._down):
            part.setEnabled(not self._is_away())
        self._back.setEnabled(len(self._steps) > 1)
        self._say("；".join(d.faults(form)) + "。" if any(d.faults(form)) else "")

    def _say(self, text: str) -> None:
        self._message.setText(text)


def open_designer(
    parent: QWidget,
    register: LedgerRegister,
    form: Form,
    *,
    shapes: ShapeBook,
    papers: Papers,
    then: Callable[[str], object],
) -> Designer:
    """Open a form to be changed; ``then`` hears the id once it was kept."""
    made = Designer(parent, register, form, shapes=shapes, papers=papers, then=then)
    made.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
    made.open()
    return made
