"""What the commands about pupils do: the school year turns, a pupil leaves, moves, comes back."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from app.command_words import Add
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


def words(add: Add) -> None:
    """Add what these commands are called."""
    students = add("students", None, "学年升级和学籍异动")
    acts = students.add_subparsers(dest="act", required=True, metavar="promote|leave|move|…")
    to_promote = acts.add_parser("promote", help="一键升级：全校按平常的办法升到下一学年")
    to_promote.add_argument("--on", metavar="DATE", help="从哪一天起，不写就是今天")
    to_promote.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入")
    to_promote.set_defaults(work=promote)
    to_leave = acts.add_parser("leave", help="转出、休学或毕业")
    to_leave.add_argument("turn", choices=LEAVES, metavar="转出|休学|毕业")
    to_leave.set_defaults(work=leave)
    to_move = acts.add_parser("move", help="调班；年级不同就是留级或跳级")
    to_move.set_defaults(work=move)
    back = acts.add_parser("back", help="复学、转回")
    back.add_argument("--grade", default="", help="回到复式班时，是哪个年级")
    back.set_defaults(work=take_back)
    for act in (to_leave, to_move, back):
        act.add_argument("student", metavar="STUDENT", help="姓名，同名的写班级和姓名")
        act.add_argument("--on", metavar="DATE", help="哪一天，不写就是今天")
        act.add_argument("--words", default="", help="去向、原因、说明")
    for act in (to_move, back):
        act.add_argument("--class", dest="class_name", required=True, metavar="CLASS")
