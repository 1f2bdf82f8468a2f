"""The second page of 一键升级: pupils who do not go the way of their class."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.pinyin import search_text
from app.students.lines import Pupil
from app.students.roll.drafts import Choices, Draft, Special
from app.students.roll.rules import Turn, places_for, usual_place
from app.students.rules import ClassKey, class_name
from app.ui import theme as t
from app.ui.choice_blanks import Offer
from app.ui.combo_blanks import ComboBlank, QuietCombo
from app.ui.widgets import button, clear, hbox, label, rule, scroll, vbox

_TURNS = (Turn.REPEATS, Turn.MOVED_OUT, Turn.CHANGES, Turn.SKIPS)
_HINTS = {Turn.MOVED_OUT: "转到哪所学校（可以不填）", Turn.SKIPS: "跳级的理由（要填）"}
_USUAL_HINT = "说明（可以不填）"
ASKED = "请选班级"


class ApartPane(QWidget):
    """Names pupils one by one; ``changed`` is called once something is different."""

    title = "不跟班走的学生"

    def __init__(self, choices: Choices, changed: Callable[[], object], draft: Draft) -> None:
        super().__init__()
        self._choices, self._changed, self._draft = choices, changed, draft
        self._pupils = {pupil.uid: pupil for pupil in draft.pupils}
        self._who = ComboBlank(self._offers)
        self._who.setAccessibleName("哪一名学生")
        word = label("哪一名学生")
        word.setBuddy(self._who)
        add = button("加进来", icon="plus", press=self._add)
        line = self._who.lineEdit()
        if line is not None:
            line.setPlaceholderText("姓名或拼音首字母")
        self._list = vbox(gap=t.XS)
        note = label(
            "留级、调班、跳级、转出的学生在这里加；没有就直接下一步。"
            "转入的学生升级以后在名册里登记。",
            "note",
            wrap=True,
        )
        self.setLayout(
            vbox(note, hbox(word, (self._who, 1), add), (scroll(self._list), 1), gap=t.S)
        )
        self._lay()

    def show_draft(self, draft: Draft) -> None:
        """Take the classes there will be."""
        is_other = draft.keys != self._draft.keys
        self._draft = draft
        if is_other:
            self._lay()

    def enter(self) -> None:
        """Take the keys."""
        self._who.setFocus()

    def _offers(self) -> list[Offer]:
        return [
            Offer(pupil.told, pupil.uid, search_text(pupil.name)) for pupil in self._draft.pupils
        ]

    def _add(self) -> None:
        uid = self._who.value()
        if uid in self._pupils and uid not in self._choices.specials:
            self._put(uid, Turn.REPEATS)
            self._who.put(None)
            self._lay()
        self._who.setFocus()

    def _put(self, uid: str, turn: Turn) -> None:
        key = None
        if turn is not Turn.MOVED_OUT:
            pupil = self._pupils[uid]
            place = usual_place(self._places(pupil, turn), pupil.class_no)
            key = place[0] if place else None
        was = self._choices.specials.get(uid)
        self._choices.specials[uid] = Special(uid, turn, key, was.words if was else "")
        self._changed()

    def _places(self, pupil: Pupil, turn: Turn) -> list[tuple[ClassKey, int]]:
        room = self._draft.rooms[pupil.class_uid]
        own = pupil.own_year if pupil.own_year is not None else room.entry_year
        places = places_for(turn, room.stage, own, self._draft.keys)
        return [place for place in places if turn is not Turn.CHANGES or place[0] != room]

    def _lay(self) -> None:
        clear(self._list)
        for uid, special in self._choices.specials.items():
            pupil = self._pupils[uid]
            off = button("去掉", "link", press=partial(self._take_off, uid))
            off.setAccessibleName(f"去掉{pupil.name}")
            self._list.addLayout(hbox(label(pupil.told), None, off))
            parts = (self._turn_of(pupil, special), self._class_of(pupil, special))
            self._list.addLayout(hbox(*parts, (self._words_of(pupil, special), 1)))
            self._list.addWidget(rule())
        self._list.addStretch(1)

    def _turn_of(self, pupil: Pupil, special: Special) -> QWidget:
        combo = QuietCombo()
        combo.addItems([str(turn) for turn in _TURNS])
        combo.setCurrentText(special.turn)
        combo.setAccessibleName(f"{pupil.name}怎么办")

        def turn(word: str) -> None:
            self._put(pupil.uid, Turn(word))
            self._lay()

        combo.currentTextChanged.connect(turn)
        return combo

    def _class_of(self, pupil: Pupil, special: Special) -> QWidget:
        if special.turn is Turn.MOVED_OUT:
            return label("离校", "note")
        places = self._places(pupil, special.turn)
        if not places:
            return label("没有这个年级的班", "note", "late")
        combo = QuietCombo()
        combo.addItem(ASKED, None)
        for key, _ in places:
            combo.addItem(class_name(key, self._draft.year), key)
        combo.setMinimumContentsLength(6)
        keys = [None, *(key for key, _ in places)]
        combo.setCurrentIndex(keys.index(special.key) if special.key in keys else 0)
        combo.setAccessibleName(f"{pupil.name}到哪个班")

        def choose(place: int) -> None:
            self._change(pupil.uid, key=keys[place])

        combo.currentIndexChanged.connect(choose)
        return combo

    def _words_of(self, pupil: Pupil, special: Special) -> QWidget:
        blank = QLineEdit(special.words)
        blank.setMaxLength(100)
        blank.setPlaceholderText(_HINTS.get(special.turn, _USUAL_HINT))
        blank.setAccessibleName(f"{pupil.name}的说明")
        blank.textEdited.connect(lambda text: self._change(pupil.uid, words=text))
        return blank

    def _change(self, uid: str, **facts: object) -> None:
        was = self._choices.specials[uid]
        self._choices.specials[uid] = Special(**(vars(was) | facts))
        self._changed()

    def _take_off(self, uid: str) -> None:
        del self._choices.specials[uid]
        self._lay()
        self._changed()
        self._who.setFocus()
