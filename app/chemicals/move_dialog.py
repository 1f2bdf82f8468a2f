"""The dialogs of a movement: who moved how much with whom, and the filing of a purchase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.chemicals.moves import LABELS, Line, MoveRegister
from app.chemicals.records import ChemSubstance
from app.chemicals.rules import OF_A_TAKE, OUTWARD, Move, amount_of
from app.chemicals.substance_dialog import people_of
from app.core.forms import Field, Form
from app.core.values import show
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.keeping import Held
from app.ui.widgets import hbox, label

_TAKE = "taken"


def open_move(
    parent: QWidget,
    moves: MoveRegister,
    substance: ChemSubstance,
    kind: Move,
    then: Callable[[str], object],
) -> FormEditor | None:
    """Enter a movement of one substance; ``then`` hears its uid."""
    takes = {
        f"{show(owed.line.movement.moved_at)}领用{show(owed.line.amount)}{substance.unit}，"
        f"还有{show(amount_of(owed.milli))}{substance.unit}　{owed.line.movement.number}": owed
        for owed in (moves.open_takes(substance.uid) if kind in OF_A_TAKE else ())
    }
    if kind in OF_A_TAKE and not takes:
        tell(parent, f"“{substance.called}”没有领用后还没归还的。", detail="要先登记领用。")
        return None
    held = Held(moves.store)

    def save(said: dict[str, Any]) -> None:
        if (word := said.pop(_TAKE, None)) is not None:
            said["of_uid"] = takes[word].line.movement.uid
        with held.kept(f"登记危化品{kind}"):
            made = moves.enter(substance.uid, kind=str(kind), **said)
        then(made.uid)

    now = moves.substances.now().replace(second=0, microsecond=0)
    values: dict[str, Any] = {"moved_at": now}
    values |= {"kept_1": substance.keeper_1, "kept_2": substance.keeper_2}
    if len(takes) == 1:
        ((word, owed),) = takes.items()
        values |= {_TAKE: word, "amount": amount_of(owed.milli)}
        values |= {"hand_1": owed.line.movement.hand_1, "hand_2": owed.line.movement.hand_2}
    editor = FormEditor(
        Form("chem_movement", f"{kind}：{substance.called}", _fields(kind, substance, takes)),
        save,
        parent,
        values,
        sources=held.sources(_sources(moves, substance)),
    )
    stock = next(x for x in moves.substances.stocks() if x.substance.uid == substance.uid)
    head = QWidget()
    words = f"{substance.cabinet}，账上结存 {show(stock.amount)}{substance.unit}"
    head.setLayout(hbox((label(words, "note", wrap=True), 1), edge=(t.XL, t.M, t.XL, 0)))
    editor.put_on_top(head)
    editor.open()
    return editor


def open_filing(parent: QWidget, moves: MoveRegister, line: Line) -> FormEditor:
    """Write down when a purchase was filed with the police."""
    one = line.movement
    fields = (
        Field("filed_on", LABELS["filed_on"], "date", required=True),
        Field("filed_number", LABELS["filed_number"], width=40),
    )

    def save(said: dict[str, Any]) -> None:
        moves.file(one.uid, on=said["filed_on"], number=said["filed_number"] or "", seen=one.rev)

    today = moves.substances.now().date
    editor = FormEditor(
        Form("chem_filing", f"公安机关备案 {one.number}", fields),
        save,
        parent,
        {"filed_on": one.filed_on or today(), "filed_number": one.filed_number},
        sources=Sources(today=lambda: moves.substances.now().date()),
    )
    editor.open()
    return editor


def _fields(kind: Move, substance: ChemSubstance, takes: Any) -> tuple[Field, ...]:
    found = [
        Field("amount", f"数量（{substance.unit}）", "number", required=True, width=30),
        Field("moved_at", LABELS["moved_at"], "moment", required=True),
    ]
    if kind in OF_A_TAKE:
        words = tuple(takes)
        found.insert(
            0, Field(_TAKE, "哪一次领用的", "choice", required=True, choices=words, width=90)
        )
    if kind is Move.TAKE:
        found.append(Field("purpose", LABELS["purpose"], required=True, width=50))
    found += [
        Field("hand_1", LABELS["hand_1"], "person", required=True),
        Field("hand_2", LABELS["hand_2"], "person", required=True, differs_from="hand_1"),
        Field("kept_1", LABELS["kept_1"], "person", required=True),
        Field("kept_2", LABELS["kept_2"], "person", required=True, differs_from="kept_1"),
    ]
    asks_approval = kind is Move.TAKE
    if kind in OUTWARD | {Move.TAKE, Move.BUY}:
        found.append(Field("approved_by", LABELS["approved_by"], "person", required=asks_approval))
    if kind in OUTWARD | {Move.BUY}:
        is_asked = not (substance.is_waste and kind is Move.RECOVER)
        found.append(Field("party", LABELS["party"], required=is_asked, width=50))
        found.append(Field("carriers", LABELS["carriers"], width=40))
    found.append(Field("words", LABELS["words"], "long"))
    found.append(Field("photos", "凭证照片", "photo", more=True))
    return tuple(found)


def _sources(moves: MoveRegister, substance: ChemSubstance) -> Sources:
    names = people_of(moves.substances)
    used = [line.movement for line in moves.lines()]
    parties = list(dict.fromkeys(one.party for one in reversed(used) if one.party))[:12]
    purposes = list(dict.fromkeys(one.purpose for one in reversed(used) if one.purpose))[:12]
    lists: dict[str, Any] = dict.fromkeys(
        ("hand_1", "hand_2", "kept_1", "kept_2", "approved_by"), lambda: names
    )
    lists |= {"party": lambda: parties, "purpose": lambda: purposes}
    return Sources(lists=lists, today=lambda: moves.substances.now().date())
