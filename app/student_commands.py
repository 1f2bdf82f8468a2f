"""What the commands about pupils do: the school year turns, a pupil leaves, moves, comes back."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from app.commands import open_house
from app.core.calendar import year_name
from app.core.roles import Right
from app.hazards.stepping import read_on
from app.house import House
from app.students import Pupil, find_pupil
from app.students.roll.rules import Turn

LEAVES = (Turn.MOVED_OUT, Turn.RESTS, Turn.GRADUATED)


def promote(options: Namespace) -> dict[str, Any]:
    """Promote the school the usual way, or say what that would do.

    Raises:
        UserError: it was done for this year already, or something has to be said in the window.

    """
    with open_house(options) as (house, _desk):
        on = read_on(options.on) if options.on else house.today()
        desk = house.promotion
        draft = desk.draft(on) if options.dry_run else desk.carry_out(on)
    counts = dict(draft.counts)
    gone = {"graduated": counts.get("毕业", 0), "left": counts.get("转出", 0)}
    return {
        "from": year_name(draft.year - 1),
        "to": year_name(draft.year),
        "done": not options.dry_run,
        "before": draft.before,
        "after": draft.before - sum(gone.values()),
        **gone,
        "classes": [
            {"from": line.title, "students": line.heads, "to": line.ways[0].word}
            for line in draft.proposal.lines
        ],
        "warnings": [*draft.warnings, *draft.asks],
    }


def leave(options: Namespace) -> dict[str, str]:
    """Let one pupil leave the school or rest.

    Raises:
        UserError: nobody or several are meant, or the pupil has left already.

    """
    with open_house(options) as (house, _desk):
        pupil = _pupil(house, options.student)
        turn = Turn(options.turn)
        house.turns.leave([pupil.uid], turn, on=_on(house, options), words=options.words)
        return {"uid": pupil.uid, "turn": str(turn), "from": pupil.class_name, "to": ""}


def move(options: Namespace) -> dict[str, str]:
    """Put one pupil into another class; the grade of it says what that is.

    Raises:
        UserError: nobody or several are meant, the class is none, or a grade is skipped without
            a reason.

    """
    with open_house(options) as (house, _desk):
        pupil = _pupil(house, options.student)
        with house.store.change("学生调班"):
            room = house.students.class_named(options.class_name)
            turn = house.turns.move([pupil.uid], room, on=_on(house, options), words=options.words)
        return _moved(house, pupil, str(turn))


def take_back(options: Namespace) -> dict[str, str]:
    """Take one pupil back who rested or had left.

    Raises:
        UserError: nobody or several are meant, the pupil is here, or the class is none.

    """
    with open_house(options) as (house, _desk):
        pupil = _pupil(house, options.student)
        with house.store.change("复学、转回"):
            room = house.students.class_named(options.class_name)
            house.turns.come_back(
                [pupil.uid],
                room,
                on=_on(house, options),
                words=options.words,
                grade=options.grade,
            )
        turn = house.turns.turns(pupil.uid)[-1].turn
        return _moved(house, pupil, turn)


def _moved(house: House, pupil: Pupil, turn: str) -> dict[str, str]:
    now = next(one for one in house.students.pupils() if one.uid == pupil.uid)
    return {"uid": pupil.uid, "turn": turn, "from": pupil.class_name, "to": now.class_name}


def _pupil(house: House, text: str) -> Pupil:
    house.store.sitter.demand(Right.EDIT_STUDENTS)
    everybody = house.students.pupils(everybody=True)
    return find_pupil(everybody, text, safe="没有改动，名册还是原来的。")


def _on(house: House, options: Namespace) -> date:
    return read_on(options.on) if options.on else house.today()
