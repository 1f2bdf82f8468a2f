"""One child, one file (一生一档): all that is kept of it, as the screen and the paper show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core.values import show
from app.core.views import Row
from app.students.care.reading import Opened
from app.students.care.records import PART_KEYS, Care
from app.students.care.rules import ASKED, Turn
from app.students.lines import Pupil

_ROSTER = (("health", "健康情况"), ("family", "家庭情况"), ("notes", "备注"))


def file_of(
    pupil: Pupil,
    roster: Mapping[str, str],
    care: Care | None,
    opened: Opened | None,
    *,
    labels: Mapping[str, str],
    receipts: Sequence[Row],
    photo: Callable[[str], bytes | None] = lambda _: None,
) -> Row:
    """Put the file of one child together; ``roster`` is what is sealed of it there.

    ``photo`` gives a picture by its hash.
    """
    facts = [{"name": name, "value": roster[key]} for key, name in _ROSTER if roster[key]]
    if opened is not None:
        facts += [{"name": labels.get(k, k), "value": v} for k, v in told(opened.facts)]
    return {
        **_pupil(pupil),
        **_care(care, opened),
        "facts": facts,
        "records": acts_of(opened),
        "receipts": list(receipts),
        "pictures": _pictures(opened, photo),
        "purpose": None,
        "approved_by": None,
    }


def _pictures(opened: Opened | None, photo: Callable[[str], bytes | None]) -> list[Row]:
    """Return the photos of the records, the newest first, each with its day and what it shows."""
    found: list[Row] = []
    for act in reversed(opened.acts if opened else ()):
        for number, key in enumerate(act.photos or (), start=1):
            if (picture := photo(key)) is not None:
                caption = f"照片　{show(act.done_on)}　{act.way}　第{number}张"
                found.append({"caption": caption, "picture": picture})
    return found


def told(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is filled in of the parts the categories ask for, by key."""
    categories = set(facts["categories"])
    asked = [key for part, keys in PART_KEYS.items() if ASKED[part] & categories for key in keys]
    general = ("grounds", "signs", "taken", "plan")
    return [(key, show(facts[key])) for key in (*general, *asked) if facts[key] is not None]


def why(facts: Mapping[str, Any]) -> str:
    """Return the sentence that explains the level, a person's own before that of the facts."""
    reason, said = facts["level_reason"], str(facts["level_said"])
    return f"{reason}（按填的情况建议：{said}）" if reason else said


def _pupil(pupil: Pupil) -> Row:
    def guardian(name: str | None, relation: str | None, phone: str | None) -> str:
        return "　".join(filter(None, (name, relation, phone)))

    return {
        "student_uid": pupil.uid,
        "name": pupil.name,
        "sex": pupil.sex,
        "born_on": pupil.born_on,
        "class_name": pupil.class_name,
        "grade": pupil.grade,
        "class_no": pupil.class_no,
        "seat_no": pupil.seat_no,
        "status": pupil.status,
        "guardian1": guardian(pupil.guardian1, pupil.relation1, pupil.phone1),
        "guardian2": guardian(pupil.guardian2, pupil.relation2, pupil.phone2),
        "address": pupil.address,
        "boarder": {True: "住校", False: "走读", None: ""}[pupil.boarder],
        "left_behind": pupil.left_behind,
        "travel": pupil.travel,
    }


def _care(care: Care | None, opened: Opened | None) -> Row:
    if care is None or opened is None:
        keys = (
            *("level", "state", "caretaker", "next_on", "every", "opened_on", "reviewed_on"),
            *("categories", "why", "told", "ended"),
        )
        return dict.fromkeys(keys)
    facts = opened.facts
    said = {True: "已经知道", False: "还不知道", None: ""}[care.told]
    ended = (show(care.ended_on), facts["ended_why"], f"批准人{care.ended_by}")
    return {
        "level": care.level,
        "state": care.state,
        "caretaker": care.caretaker,
        "next_on": care.next_on,
        "every": care.every,
        "opened_on": care.opened_on,
        "reviewed_on": care.reviewed_on,
        "categories": show(facts["categories"]),
        "why": why(facts),
        "told": "，".join(filter(None, (said, show(care.told_on), care.told_how))),
        "ended": "，".join(filter(None, ended)) if care.ended_on else None,
    }


def acts_of(opened: Opened | None) -> list[Row]:
    """Return what was done for a pupil as the file lists it, the newest first."""
    acts = reversed(opened.acts) if opened else ()
    rows = []
    for act in acts:
        said = [act.words or ("开始关注" if act.way == Turn.OPENED else "")]
        for name, value in (
            ("访", "，".join(filter(None, (act.visit, act.met)))),
            ("目的", act.purpose),
            ("家庭情况", act.household),
            ("家长的意见", act.advice),
            ("学生状态", act.condition),
            ("下一步", act.next_step),
        ):
            if value:
                said.append(f"{name}：{value}")
        if act.signed:
            said.append("家长签了字")
        if act.photos:
            said.append(f"照片{len(act.photos)}张，印在最后")
        hours = "—".join(show(at) for at in (act.began_at, act.ended_at) if at)
        rows.append(
            {
                "done_on": act.done_on,
                "way": f"{act.way} {hours}".strip(),
                "by": act.by,
                "words": "。".join(part.rstrip("。") for part in said if part),
            }
        )
    return rows
