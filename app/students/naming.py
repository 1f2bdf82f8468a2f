"""Finding one pupil by what a person writes: name, class and name, or class, seat and name."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.errors import UserError
from app.students.lines import Pupil
from app.students.rules import Status


def find_pupil(pupils: Iterable[Pupil], text: str, *, safe: str) -> Pupil:
    """Return the one of these pupils who is meant, by uid, name, class and name, or seat too.

    Raises:
        UserError: there is none, or several answer to it; they are named. ``safe`` is said.

    """
    wanted = "".join(text.split())
    found = [pupil for pupil in pupils if wanted in _names_of(pupil)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"没有找到“{text}”这名学生。",
            safe=safe,
            do="请写全名；毕业、转出的学生也能查，同名的写上班级，如“三年级1班王浩”。",
        )
    known = "；".join(map(in_words, found))
    raise UserError(
        f"叫“{text}”的学生有{len(found)}名：{known}。",
        safe=safe,
        do="请写上班级；同班同名的再写上座号，如“三年级1班3号王浩”。",
    )


def in_words(pupil: Pupil) -> str:
    """Say which pupil it is: class, seat and name, and how one left."""
    seat = "" if pupil.seat_no is None else f"{pupil.seat_no}号"
    here = "" if pupil.status == Status.HERE else f"（{pupil.status}）"
    return f"{pupil.class_name}{seat} {pupil.name}{here}"


def _names_of(pupil: Pupil) -> set[str]:
    seat = "" if pupil.seat_no is None else f"{pupil.seat_no}号"
    room = "".join(pupil.class_name.split())
    return {pupil.uid, pupil.name, f"{room}{pupil.name}", f"{room}{seat}{pupil.name}"}
