"""The dialogs of one cell: who comes in, exchanges, absences, rest that is owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.duties.clashes import clashes
from app.duties.month import DutyMonth
from app.duties.planning import Cell
from app.duties.planning.rules import ban
from app.duties.records import DutySwap
from app.duties.register import DutyRegister
from app.duties.swaps import Wish, halves_given
from app.duties.words import day_words
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.blanks import Sources
from app.ui.choice_blanks import Offer, Offers
from app.ui.combo_blanks import ComboBlank
from app.ui.editor import FormEditor
from app.ui.widgets import label, retone, vbox

_REACH = timedelta(days=35)  # so far from its day a duty is offered in exchange
_FINE = "不违反任何规则。"
_REASON = Field("reason", "原因", "text", required=True, width=100)
_AGREED = Field("agreed_by", "批准人", "person")
Done = Callable[[], object]
SlipDone = Callable[[DutySwap], object]


class _Verdict(QWidget):
    """What a choice breaks, said while one chooses."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = label("", "note", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setMinimumHeight(2 * t.line("note"))  # the dialog keeps its height
        self.setLayout(
            vbox(label(heading, "h2", wrap=True), self._words, gap=t.XS, edge=(t.XL, t.M, t.XL, 0))
        )

    def say(self, broken: Iterable[str]) -> None:
        """Name what is broken, or say that all is well."""
        said = list(broken)
        warn = "。可以保存，会记下来" if said else ""
        self._words.setText(f"注意：{''.join(said).rstrip('。')}{warn}。" if said else _FINE)
        retone(self._words, tone="late" if said else "done")

    def wait(self, words: str) -> None:
        """Say what is still to be chosen."""
        self._words.setText(words)
        retone(self._words, tone="")


def open_put(
    parent: QWidget, duties: DutyRegister, month: DutyMonth, cell: Cell, person: str, done: Done
) -> FormEditor:
    """Choose anybody for a cell, in a person's place or besides; what it breaks is said."""
    form = Form("duty_put", "排谁", (Field("who", "排谁", "choice", required=True),))

    def save(said: dict[str, Any]) -> None:
        duties.put(cell, said["who"], instead_of=person)
        done()

    sources = Sources(lists={"who": lambda: _offers(month, cell, person)})
    made = FormEditor(form, save, parent, sources=sources, word="换上" if person else "排上")
    _heed(
        made,
        "who",
        _heading(month, cell, person, "换成谁" if person else "排谁"),
        lambda who: [b.why for b in duties.breaks_by(cell, who, instead_of=person)],
    )
    made.open()
    return made


def open_stand_in(
    parent: QWidget,
    duties: DutyRegister,
    month: DutyMonth,
    cell: Cell,
    person: str,
    done: SlipDone,
    *,
    who: str = "",
) -> FormEditor:
    """Write a slip: somebody stands in for a person."""
    fields = (Field("who", "替班的人", "choice", required=True), _REASON, _AGREED)
    form = Form("duty_stand_in", "替班", fields)

    def save(said: dict[str, Any]) -> None:
        wish = Wish(cell, person, said["who"])
        done(duties.swaps.write(wish, reason=said["reason"], agreed_by=said["agreed_by"] or ""))

    lists: dict[str, Offers] = {
        "who": lambda: _offers(month, cell, person),
        "agreed_by": lambda: _leaders(month),
    }
    values = {"who": who} if who else None
    made = FormEditor(form, save, parent, values, sources=Sources(lists=lists), word="写换班单")
    heading = _heading(month, cell, person, "请人替班")
    _heed(
        made,
        "who",
        heading,
        lambda other: duties.swaps.check(Wish(cell, person, other)).words,
    )
    made.open()
    return made


def open_swap(
    parent: QWidget,
    duties: DutyRegister,
    month: DutyMonth,
    cell: Cell,
    person: str,
    done: SlipDone,
) -> FormEditor:
    """Write a slip: two people exchange their duties; both sides are checked."""
    fields = (Field("other", "和哪一班换", "own", required=True), _REASON, _AGREED)
    form = Form("duty_swap", "换班", fields)
    seats = _exchangeable(duties, month, cell, person)
    if not seats:
        raise UserError(
            "前后五个星期里没有能对换的班。", safe="什么都没有改动。", do="请用“替班”请人来替。"
        )

    def wish(said: str) -> Wish:
        on, post, other = said.split("|")
        return Wish(cell, person, other, Cell(date.fromisoformat(on), post))

    def save(said: dict[str, Any]) -> None:
        slip = duties.swaps.write(
            wish(said["other"]), reason=said["reason"], agreed_by=said["agreed_by"] or ""
        )
        done(slip)

    sources = Sources(
        lists={"agreed_by": lambda: _leaders(month)},
        makers={"other": lambda _field: ComboBlank(lambda: seats)},
    )
    made = FormEditor(form, save, parent, sources=sources, word="写换班单")
    heading = _heading(month, cell, person, "和别人换班")
    known = {offer.value for offer in seats}
    _heed(
        made,
        "other",
        heading,
        lambda said: duties.swaps.check(wish(said)).words if said in known else [],
    )
    made.open()
    return made


def open_absent(
    parent: QWidget,
    duties: DutyRegister,
    month: DutyMonth,
    cell: Cell,
    person: str,
    done: SlipDone,
) -> FormEditor:
    """Write down that somebody did not come."""
    form = Form("duty_absent", "缺岗", (_REASON, _AGREED))

    def save(said: dict[str, Any]) -> None:
        done(
            duties.swaps.absent(
                cell, person, reason=said["reason"], agreed_by=said["agreed_by"] or ""
            )
        )

    sources = Sources(lists={"agreed_by": lambda: _leaders(month)})
    made = FormEditor(form, save, parent, sources=sources, word="登记缺岗")
    top = _Verdict(_heading(month, cell, person, "没有到岗"))
    top.wait("保存以后这个位子空出来，可以再排人。")
    made.put_on_top(top)
    made.open()
    return made


def open_rest(
    parent: QWidget,
    duties: DutyRegister,
    month: DutyMonth,
    cell: Cell,
    person: str,
    done: SlipDone,
) -> FormEditor:
    """Write down that rest is owed for a duty."""
    days = Field("days", "补休几天", "number", required=True, unit="天", min=0.5, max=10)
    form = Form("duty_rest", "补休", (days, _REASON, _AGREED))

    def save(said: dict[str, Any]) -> None:
        halves = said["days"] * 2
        if halves != int(halves):
            raise UserError("“补休几天”要按半天算，如 0.5、1、1.5。", do="请改好再保存。")
        done(
            duties.swaps.owe(
                cell,
                person,
                halves=int(halves),
                reason=said["reason"],
                agreed_by=said["agreed_by"] or "",
            )
        )

    sources = Sources(lists={"agreed_by": lambda: _leaders(month)})
    made = FormEditor(form, save, parent, sources=sources, word="登记补休")
    top = _Verdict(_heading(month, cell, person, "欠补休"))
    top.wait("给了补休以前一直列在“换班单”里；给的那几天不会再排班。")
    made.put_on_top(top)
    made.open()
    return made


def open_given(parent: QWidget, duties: DutyRegister, slip: DutySwap, done: Done) -> FormEditor:
    """Write down on which day owed rest was given."""
    fields = [Field("on", "从哪天休", "date", required=True)]
    if (slip.owed_halves or 0) % 2:
        half = Field("half", "从上午还是下午", "choice", required=True, choices=("上午", "下午"))
        fields.append(half)
    form = Form("duty_rest_given", f"补休已休 {slip.number}", tuple(fields))

    def save(said: dict[str, Any]) -> None:
        on, half = said["on"], said.get("half") or ""
        duties.swaps.give(slip.uid, on, half)
        done()
        last = halves_given(on, half, slip.owed_halves or 1)[-1][0]
        if found := clashes(duties, [slip.person_uid], on, last):
            words = f"已经保存。公布的值班表里，补休的日子有{len(found)}班要换人："
            tell(parent, words, detail="\n".join(found))

    made = FormEditor(form, save, parent, sources=Sources(today=duties.today))
    made.open()
    return made


def _heed(
    editor: FormEditor, key: str, heading: str, broken: Callable[[str], Sequence[str]]
) -> None:
    """Say above the blanks what the choice in one of them breaks, as soon as it is made."""
    top = _Verdict(heading)
    blank = editor.blank(key)

    def look() -> None:
        value = blank.value()
        if not value or blank.fault():
            top.wait("选好以后，这里会说有没有违反规则。")
            return
        try:
            top.say(broken(value))
        except UserError as error:
            top.say([error.what])

    blank.edited.connect(look)
    look()
    editor.put_on_top(top)


def _heading(month: DutyMonth, cell: Cell, person: str, what: str) -> str:
    post = month.posts.get(cell.post_uid)
    who = f"{month.name(person)}　" if person else ""
    return f"{who}{day_words(cell.on)} {post.name if post else ''}：{what}"


def _offers(month: DutyMonth, cell: Cell, person: str) -> list[Offer]:
    """Return everybody: first who can come and breaks nothing, the fittest first."""
    reason = month.explainer.explain(cell)
    able = [one.person_uid for one in month.explainer.stand_ins(cell, person)]
    rest = [one.person_uid for one in reason.others if one.person_uid not in able]
    return [Offer(month.name(uid), uid, search_text(month.name(uid))) for uid in (*able, *rest)]


def _leaders(month: DutyMonth) -> list[str]:
    return [one.name for one in month.roster.frame.people if one.is_leader]


def _exchangeable(duties: DutyRegister, month: DutyMonth, cell: Cell, person: str) -> list[Offer]:
    """Return the duties near that others may give for this one, the nearest first."""
    me = next((one for one in month.roster.frame.people if one.uid == person), None)
    mine = month.posts.get(cell.post_uid)
    people = {one.uid: one for one in month.roster.frame.people}
    first, last = max(duties.today(), cell.on - _REACH), cell.on + _REACH
    posts = {post.uid: post for post in duties.ground.posts(first, last)}
    taken = {seat.cell for seat in duties.seats.between(first, last) if seat.person_uid == person}
    here = {seat.person_uid for seat in month.cells.get(cell, ())}
    found = []
    for seat in duties.seats.between(first, last):
        other, post = people.get(seat.person_uid), posts.get(seat.cell.post_uid)
        if other is None or post is None or me is None or mine is None:
            continue
        if seat.cell in taken or other.uid in here or seat.cell == cell:
            continue
        if ban(me, post) is None and ban(other, mine) is None:
            text = f"{day_words(seat.cell.on)} {post.name} {other.name}"
            value = f"{seat.cell.on}|{post.uid}|{other.uid}"
            found.append(
                (abs((seat.cell.on - cell.on).days), Offer(text, value, search_text(other.name)))
            )
    return [offer for _far, offer in sorted(found, key=lambda one: one[0])]
