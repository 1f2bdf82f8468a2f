"""To whom a letter goes: the whole school, classes grade by grade, or those one picks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtWidgets import QCheckBox, QComboBox, QRadioButton, QWidget

from app.letters.choosing import Pick
from app.students import ClassLine
from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.text_blanks import LineBlank
from app.ui.widgets import button, hbox, label, vbox

_ANY = "不限"
_YES_NO = {True: "是", False: "否"}


class ScopePane(QWidget):
    """To whom: the whole school, or classes ticked grade by grade; ``pick`` narrows it further."""

    def __init__(
        self,
        classes: Sequence[ClassLine],
        travels: Sequence[str],
        categories: Sequence[str],
        changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._classes = classes
        self._changed = changed
        self._all = QRadioButton("全校")
        self._some = QRadioButton("只发给这些班")
        self._all.setChecked(True)
        self._ticks: dict[str, QCheckBox] = {}
        self._table = QWidget()
        self._table.setLayout(vbox(*map(self._grade, self._by_grade()), gap=0))
        self._table.hide()
        self._picks = PickPane(travels, categories, changed)
        self._picks.hide()
        self._more = button("再挑一挑（住校、留守、姓名……）", "link", press=self._open_picks)
        self._some.toggled.connect(self._table.setVisible)
        self._some.toggled.connect(lambda _: changed())
        self.setLayout(
            vbox(
                Flow(self._all, self._some, gap=t.L),
                self._table,
                self._more,
                self._picks,
                gap=0,
            )
        )

    def chosen(self) -> list[str]:
        """Return the uids of the chosen classes."""
        every = self._all.isChecked()
        return [uid for uid, tick in self._ticks.items() if every or tick.isChecked()]

    def is_everybody(self) -> bool:
        """Say whether the whole school is meant."""
        return self._all.isChecked()

    def pick(self) -> Pick:
        """Return what narrows the classes further."""
        return self._picks.pick()

    def _open_picks(self) -> None:
        self._more.hide()
        self._picks.show()
        self._picks.begin()

    def _by_grade(self) -> list[tuple[str, list[ClassLine]]]:
        lines = [line for line in self._classes if line.count]
        return [(grade, list(some)) for grade, some in groupby(lines, lambda line: line.grade)]

    def _grade(self, grade: tuple[str, list[ClassLine]]) -> QWidget:
        name, lines = grade
        every = QCheckBox(name)
        ticks = [QCheckBox(f"{line.name.removeprefix(name)} {line.count}人") for line in lines]
        for line, tick in zip(lines, ticks, strict=True):
            tick.setAccessibleName(line.name)
            tick.toggled.connect(lambda _: self._changed())
            self._ticks[line.uid] = tick

        def tick_all(is_on: bool) -> None:
            for tick in ticks:
                tick.setChecked(is_on)

        every.clicked.connect(tick_all)
        for tick in ticks:
            tick.toggled.connect(lambda _: every.setChecked(all(x.isChecked() for x in ticks)))
        made = QWidget()
        made.setLayout(Flow(every, *ticks, gap=t.M))
        return made


class PickPane(QWidget):
    """What narrows the chosen classes: what the list says, care, or names."""

    def __init__(
        self, travels: Sequence[str], categories: Sequence[str], changed: Callable[[], object]
    ) -> None:
        super().__init__()
        self._boarder = _combo("住校", tuple(_YES_NO.values()), changed)
        self._left = _combo("留守", tuple(_YES_NO.values()), changed)
        self._travel = _combo("上学方式", travels, changed)
        self._category = _combo("重点关注", categories, changed)
        self._names = LineBlank(hint="如 王小明、三年级2班李红")
        self._names.setAccessibleName("只发给这几名学生（写姓名）")
        self._names.edited.connect(changed)
        shown = [self._boarder, self._left, self._travel]
        if categories:
            shown.append(self._category)
        pairs = QWidget()
        pairs.setLayout(Flow(*map(_beside_its_name, shown), gap=t.M))
        name = label("只发给这几名学生（写姓名）")
        name.setBuddy(self._names)
        self.setLayout(vbox(pairs, name, self._names, gap=t.XS))

    def begin(self) -> None:
        """Put the focus on the first blank."""
        self._boarder.setFocus()

    def pick(self) -> Pick:
        """Return what is said; a hidden pane says nothing."""
        if self.isHidden():
            return Pick()
        says = {word: value for value, word in _YES_NO.items()}
        return Pick(
            boarder=says.get(self._boarder.currentText()),
            left_behind=says.get(self._left.currentText()),
            travel=_said(self._travel),
            category=_said(self._category),
            names=self._names.text().strip(),
        )


def _said(combo: QComboBox) -> str:
    return "" if combo.currentIndex() == 0 else combo.currentText()


def _combo(name: str, words: Sequence[str], changed: Callable[[], object]) -> QComboBox:
    made = QComboBox()
    made.addItems([_ANY, *words])
    made.setAccessibleName(name)
    made.currentIndexChanged.connect(lambda _: changed())
    return made


def _beside_its_name(combo: QComboBox) -> QWidget:
    made = QWidget()
    made.setLayout(hbox(label(combo.accessibleName()), combo, gap=t.XS))
    return made
