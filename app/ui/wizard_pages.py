"""The pages of the first start: type size, school, first user, paper code; the place apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.core.errors import UserError
from app.core.founding import KINDS, TOWN, SchoolFacts, TownFacts
from app.core.machine import remember
from app.core.store.keys import check_name
from app.core.store.slots import check_new_password
from app.ui import theme as t
from app.ui.entry import Asked, Choice, PasswordBlank, all_right
from app.ui.recovery import PaperCode, PrintSheet
from app.ui.widgets import hbox, hide_unless, label, scroll, vbox

_SIZE_NOTES = {
    "小": "一屏看得最多",
    "中": "一般人用，推荐",
    "大": "戴老花镜不用凑近",
    "特大": "站着也看得清",
}


class Page(QWidget):
    """A page of the wizard: its words, and whether it may be left."""

    step = title = note = town_note = ""
    forward = "下一步"

    def enter(self) -> None:
        """Get ready to be seen."""

    def is_done(self) -> bool:
        """Say whether all is filled in; what is not says so itself."""
        return True

    def _scroll(self, parts: QLayout) -> None:
        self.setLayout(vbox((scroll(parts), 1)))


class SizePage(Page):
    """How large everything is written."""

    step, title = "字号", "先选看着舒服的字号"
    note = "整个窗口都会跟着变，以后在右上角随时能改。"

    def __init__(self, memory: Path) -> None:
        super().__init__()
        self._memory = memory
        self._group = QButtonGroup(self)
        cards = [self._card(name) for name in t.SIZES]
        self.setLayout(vbox(*((made, 1) for made in cards), gap=t.S))

    def enter(self) -> None:
        if chosen := self._group.checkedButton():
            chosen.setFocus()

    def _card(self, name: str) -> Choice:
        sample = label("二楼东楼梯口 扶手松动")
        sample.setStyleSheet(f"font-size: {t.SIZES[name]}pt;")
        made = Choice(f"{name}　{t.SIZES[name]:g} 磅", _SIZE_NOTES[name], self._group, sample)
        made.setMaximumHeight(112)
        made.radio.setChecked(name == t.size())
        made.radio.toggled.connect(lambda on: self._wear(name) if on else None)
        return made

    def _wear(self, name: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and name != t.size():
            t.apply(app, name)
            remember(self._memory, size=name)


class SchoolPage(Page):
    """Which school it is; ``below`` is what else is asked on the page."""

    step, title = "学校", "这台电脑给谁用"
    note = "这些会印在表格和上报的文件上，以后在右上角可以改。"

    def __init__(self, known: SchoolFacts | None = None, *below: QWidget) -> None:
        super().__init__()
        self._name = Asked("学校名称", QLineEdit(), "和公章上的一样", width_em=32)
        hint = "4到20位字母或数字，合并各校的数据时靠它认出来"
        self._code = Asked("学校代码", QLineEdit(), hint, width_em=20)
        self._kinds = Choices(KINDS)
        self._kind = Asked("学校类型", self._kinds)
        self._ticks = {
            "has_kindergarten": QCheckBox("附设幼儿园"),
            "boards": QCheckBox("有寄宿生"),
            "has_canteen": QCheckBox("有食堂"),
            "has_bus": QCheckBox("有校车"),
        }
        self._kinds.changed.connect(self._fit)
        self._desks = Choices(("学校", TOWN))
        self._desks.choose("学校")
        hide_unless(self._desks, known is None)
        self._desks.changed.connect(self._be_desk)
        hint = "镇级汇总：收各校报送的数据文件，看全镇的隐患和报送情况。"
        self._town_note = label(hint, "note", wrap=True)
        hide_unless(self._town_note, known is None)
        self._has = QWidget()
        has = vbox(label("学校里还有"), hbox(*self._ticks.values(), None, gap=t.XL), gap=t.XS)
        self._has.setLayout(has)
        desk = vbox(self._desks, self._town_note, gap=t.XS)
        self._scroll(vbox(desk, self._name, self._code, self._kind, self._has, *below, None))
        if known is not None:
            self._put(known)

    def enter(self) -> None:
        self._name.blank.setFocus()

    def facts(self) -> SchoolFacts:
        """Return what was filled in of a school."""
        ticks = {name: box.isChecked() for name, box in self._ticks.items()}
        return SchoolFacts(
            self._name.blank.text(), self._code.blank.text(), self._kinds.chosen(), **ticks
        )

    def founded(self) -> SchoolFacts | TownFacts:
        """Return what was filled in, of a school or of the office schools hand in to."""
        school = self.facts()
        return TownFacts(school.name, school.code) if self._is_town() else school

    def is_done(self) -> bool:
        faults = self.founded().faults()
        for name, asked in {"name": self._name, "code": self._code, "kind": self._kind}.items():
            if name in faults:
                asked.refuse(f"{faults[name]}。")
            else:
                asked.accept()
        return not faults

    def _put(self, known: SchoolFacts) -> None:
        self._name.blank.setText(known.name)
        self._code.blank.setText(known.code)
        self._kinds.choose(known.kind)
        for name, box in self._ticks.items():
            box.setChecked(getattr(known, name))

    def _is_town(self) -> bool:
        return self._desks.chosen() == TOWN

    def _be_desk(self) -> None:
        """Ask for what this desk has; an office has neither a kind nor a canteen."""
        is_town = self._is_town()
        self._kind.setHidden(is_town)
        self._has.setHidden(is_town)
        self._name.rename("单位名称" if is_town else "学校名称")
        self._code.rename("单位代码" if is_town else "学校代码")

    def _fit(self) -> None:
        is_kindergarten = self._kinds.chosen() == "幼儿园"
        self._ticks["has_kindergarten"].setEnabled(not is_kindergarten)
        if is_kindergarten:
            self._ticks["has_kindergarten"].setChecked(False)


class Choices(QWidget):
    """A row of words of which one is chosen; none is beforehand."""

    changed = Signal()

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        made = [QRadioButton(word) for word in words]
        for one in made:
            self._group.addButton(one)
            one.toggled.connect(lambda _: self.changed.emit())
        self.setLayout(hbox(*made, None, gap=t.XL))

    def choose(self, word: str) -> None:
        """Choose this word, if it is one of them."""
        for one in self._group.buttons():
            one.setChecked(one.text() == word)

    def chosen(self) -> str:
        """Return the word chosen, empty if none is."""
        one = self._group.checkedButton()
        return one.text() if one else ""


class UserPage(Page):
    """The first user and the password."""

    step, title = "用户", "谁来用，口令是什么"
    note = "您是安全员，能看能改全部内容；校长、班主任、值班员以后在右上角添加。"
    town_note = "您是镇里的经办人，能看能改全部内容；别的经办人和负责人以后在右上角添加。"

    def __init__(self) -> None:
        super().__init__()
        self._name = Asked("您的称呼", QLineEdit(), "打开时从名单里选它，如：张老师", width_em=24)
        self._first = Asked("口令", PasswordBlank(), "至少8个字，一句好记的话最好", width_em=24)
        self._again = Asked("再输一遍", PasswordBlank(), width_em=24)
        hint = label(
            "字母、数字、符号都可以；想用汉字，先点口令框里的眼睛。\n"
            "口令只有您知道，谁也查不出来。忘了口令，只能用下一步的纸质恢复码打开。",
            "note",
            wrap=True,
        )
        self._scroll(vbox(self._name, self._first, self._again, hint, None, gap=t.M))

    def enter(self) -> None:
        self._name.blank.setFocus()

    def name(self) -> str:
        """Return what the user is called."""
        return str(self._name.blank.text())

    def password(self) -> str:
        """Return the password."""
        return str(self._first.blank.text())

    def is_done(self) -> bool:
        checks = (
            (self._name, lambda: check_name(self.name())),
            (self._first, lambda: check_new_password(self.password())),
            (self._again, self._same),
        )
        return all_right(checks)

    def _same(self) -> None:
        if self._again.blank.text() != self.password():
            raise UserError("两次输的口令不一样。", do="请点眼睛看看，再输一遍。")


class CodePage(Page):
    """The paper recovery code: printed, and two of its groups typed back from the paper."""

    step, title = "恢复码", "最后一道保险：纸质恢复码"
    note = "口令全忘了的时候，只有这张纸能打开资料。请打印出来，放进学校的保险柜。"
    forward = "完成"

    def __init__(self, print_sheet: PrintSheet, school: Callable[[], str]) -> None:
        super().__init__()
        self.paper = PaperCode(print_sheet, school)
        self._scroll(vbox(self.paper, None))

    def is_done(self) -> bool:
        return self.paper.is_done()
