"""The dialog of one post: when and where, how many, what they must be, what it weighs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.duties.planning.frame import Burden, DayClass, Need
from app.duties.posts.fitting import fit_words
from app.duties.posts.records import DutyPost
from app.duties.posts.register import LABELS, PostRegister, facts_of
from app.duties.posts.rules import (
    EVERY_WEEKDAY,
    FAMILIES,
    MOST_HEADS,
    MOST_POINTS,
    WEEKDAYS,
    PostFacts,
    asks,
    hours_words,
)
from app.people import KINDS, Staff
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.rows_blank import RowsBlank
from app.ui.widgets import label, vbox

_LEADER = "带班领导"
_NEED = (
    Field("least", "至少几人（空着就是每人）", "number", min=1, max=MOST_HEADS, width=34),
    Field("who", "要什么人", width=40),
    Field("sex", "性别", "choice", choices=("男", "女"), width=26),
)
_FIELDS = (
    Field("name", LABELS["name"], required=True),
    Field("family", LABELS["family"], "choice", required=True, choices=FAMILIES),
    Field("starts", LABELS["starts"], "time", required=True),
    Field("ends", LABELS["ends"], "time", required=True),
    Field("place", LABELS["place"]),
    Field("heads", LABELS["heads"], "number", required=True, unit="人", min=1, max=MOST_HEADS),
    Field("needs", LABELS["needs"], "own"),
    Field(
        "days", LABELS["days"], "many", required=True, choices=tuple(day.value for day in DayClass)
    ),
    Field("weekdays", "星期几（空着就是每天）", "many", choices=WEEKDAYS),
    Field(
        "burden",
        LABELS["burden"],
        "choice",
        required=True,
        choices=tuple(one.value for one in Burden),
    ),
    Field("points", LABELS["points"], "number", unit="分", min=0, max=MOST_POINTS),
    Field("source", LABELS["source"], width=60),
    Field("task", LABELS["task"], "long", more=True),
    Field("covers", LABELS["covers"], "yesno", more=True),
    Field("shares", LABELS["shares"], "yesno", more=True),
    Field("in_use_from", LABELS["in_use_from"], "date", more=True),
    Field("in_use_until", LABELS["in_use_until"], "date", more=True),
)
_SINCE = Field("since", "从哪天起按新的排", "date", required=True)


class PostEditor(FormEditor):
    """The blanks of a post; above them it reads as a sentence, with who could stand it."""

    def __init__(
        self, *given: Any, register: PostRegister, people: Sequence[Staff], **named: Any
    ) -> None:
        self._register, self._people = register, people
        self._said = label("", "note", wrap=True)
        self._warning = label("", "note", "soon", wrap=True)
        super().__init__(*given, **named)
        above = QWidget()
        above.setLayout(vbox(self._said, self._warning, edge=(t.XL, t.M, t.XL, 0), gap=t.XS))
        self.put_on_top(above)
        self.blank("needs").grew.connect(self._refit)
        for box in self._boxes.values():
            box.blank.edited.connect(self._read_again)
        self._read_again()

    def _read_again(self) -> None:
        values = self.values()
        whole = isinstance(values["starts"], time) and isinstance(values["ends"], time)
        heads, points = values["heads"], values["points"]
        readable = isinstance(heads, Decimal) and 1 <= heads <= MOST_HEADS
        if not whole or not readable or isinstance(points, str):
            self._said.setText("填好时间、人数和要什么人，这里说出谁能站这个岗。")
            self._warning.hide()
            return
        facts = facts_from(values)
        said = "，".join(filter(None, (hours_words(facts.starts, facts.ends), asks(facts))))
        self._said.setText(f"{said}。能站的：{fit_words(facts, self._people)}")
        warning = self._register.few_heads(facts)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        self._refit()


def open_new(
    parent: QWidget,
    register: PostRegister,
    people: Sequence[Staff],
    places: Sequence[str],
    then: Callable[[str], object],
) -> FormEditor:
    """Enter a post; ``then`` hears its uid."""

    def save(said: dict[str, Any]) -> None:
        then(register.enter(facts_from(said)).uid)

    values = {
        "days": [DayClass.WORK.value],
        "burden": Burden.PLAIN.value,
        "points": Decimal(1),
    }
    form = Form("duty_post", "添加岗位", _FIELDS)
    editor = _editor(parent, register, people, places, form, save, values)
    editor.open()
    return editor


def open_correction(
    parent: QWidget,
    register: PostRegister,
    people: Sequence[Staff],
    places: Sequence[str],
    post: DutyPost,
    then: Callable[[str], object],
) -> FormEditor:
    """Change a post; where somebody stood it already, from which day on is asked as well."""
    stood = register.stood(post.uid)

    def save(said: dict[str, Any]) -> None:
        since: date = said.pop("since", None) or register.today()
        made = register.correct(post.uid, facts_from(said), since=since, seen=post.rev)
        then(made.uid)

    fields = (_SINCE, *_FIELDS) if stood else _FIELDS
    values = _values(facts_of(post)) | {"since": register.today()}
    form = Form("duty_post", "修改岗位", fields)
    editor = _editor(parent, register, people, places, form, save, values)
    if stood:
        note = QWidget()
        words = "以前的值班表不变；从这一天起，按新的时间、人数和要求排。"
        note.setLayout(vbox(label(words, "note", wrap=True), edge=(t.XL, t.S, t.XL, 0)))
        editor.put_on_top(note)
    editor.open()
    return editor


def open_end(parent: QWidget, register: PostRegister, post: DutyPost) -> FormEditor:
    """Ask which day is the last on which a post is stood."""
    field = Field("on", LABELS["in_use_until"], "date", required=True)
    editor = FormEditor(
        Form("duty_post_end", f"停用“{post.name}”", (field,)),
        lambda said: register.end(post.uid, said["on"]),
        parent,
        {"on": register.today()},
        sources=Sources(today=register.today),
    )
    editor.open()
    return editor


def facts_from(said: Mapping[str, Any]) -> PostFacts:
    """Return what was filled in as the register takes it."""
    days, weekdays = said["days"] or (), said["weekdays"] or WEEKDAYS
    return PostFacts(
        name=said["name"] or "",
        starts=said["starts"],
        ends=said["ends"],
        family=said["family"] or "",
        place=said["place"] or "",
        task=said["task"] or "",
        days=tuple(day for day in DayClass if day.value in days),
        weekdays=tuple(n for n in EVERY_WEEKDAY if WEEKDAYS[n] in weekdays),
        heads=round(said["heads"]),
        needs=tuple(_need(line) for line in said["needs"] or ()),
        burden=Burden(said["burden"] or Burden.PLAIN),
        points=1.0 if said["points"] is None else float(said["points"]),
        covers=bool(said["covers"]),
        shares=bool(said["shares"]),
        source=said["source"] or "",
        in_use_from=said["in_use_from"],
        in_use_until=said["in_use_until"],
    )


def _need(line: Mapping[str, Any]) -> Need:
    words = [word.strip() for word in (line["who"] or "").split("、") if word.strip()]
    least = line["least"]
    return Need(
        round(least) if isinstance(least, Decimal) else 0,
        "、".join(word for word in words if word != _LEADER),
        line["sex"] or "",
        leader=_LEADER in words,
    )


def _line(need: Need) -> dict[str, Any]:
    words = [_LEADER] if need.leader else []
    who = "、".join([*words, *([need.can] if need.can else [])])
    return {
        "least": Decimal(need.least) if need.least else None,
        "who": who or None,
        "sex": need.sex or None,
    }


def _values(facts: PostFacts) -> dict[str, Any]:
    is_daily = set(facts.weekdays) >= set(EVERY_WEEKDAY)
    return {
        "name": facts.name,
        "family": facts.family,
        "starts": facts.starts,
        "ends": facts.ends,
        "place": facts.place or None,
        "heads": Decimal(facts.heads),
        "needs": [_line(need) for need in facts.needs] or None,
        "days": [day.value for day in facts.days],
        "weekdays": None if is_daily else [WEEKDAYS[n] for n in facts.weekdays],
        "burden": facts.burden.value,
        "points": Decimal(f"{facts.points:g}"),
        "source": facts.source or None,
        "task": facts.task or None,
        "covers": facts.covers or None,
        "shares": facts.shares or None,
        "in_use_from": facts.in_use_from,
        "in_use_until": facts.in_use_until,
    }


def _editor(
    parent: QWidget,
    register: PostRegister,
    people: Sequence[Staff],
    places: Sequence[str],
    form: Form,
    save: Callable[[dict[str, Any]], None],
    values: Mapping[str, Any],
) -> PostEditor:
    able = [can for one in people for can in one.abilities or ()]
    asked = list(dict.fromkeys([_LEADER, *register.abilities(), *able, *KINDS]))
    inner = Sources(lists={"who": lambda: asked}, today=register.today)
    used = [one.place for one in register.all() if one.place]
    known = list(dict.fromkeys([*used, *places]))
    sources = Sources(
        lists={"place": lambda: known},
        today=register.today,
        makers={"needs": lambda _: RowsBlank(_NEED, inner, what="要求")},
    )
    return PostEditor(form, save, parent, values, sources=sources, register=register, people=people)
