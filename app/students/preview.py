"""The lines of a list beside the pupils there are: what would change, what must be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.core.calendar import grade_name, year_name
from app.core.imports import Fate, PlannedLine, Problem, Question
from app.core.values import show
from app.students.guardians import Guardian, fold_guardians
from app.students.intake import Ground, StudentPlan
from app.students.matching import Match, find_twins, match
from app.students.reading import Reading
from app.students.records import SEALED, Student
from app.students.rules import ClassKey, Status, changed, class_name, grades_up
from app.students.traits import (
    GUARDIAN_COLUMNS,
    guardian_columns,
    guardians_of,
    is_under_parent,
    traits_of,
    traits_said,
)

NEW = "都不是，是新学生"
COVERED = "●●●"
_AHEAD = "升级"
_PROMOTE_FIRST = "先一键升级，再导入；这次都不收"
_AS_LISTED = "照表上的班级改"
_KEEP_CLASS = "班级不改，别的照收"
_LEAST_AHEAD = 3  # pupils a grade higher who make a list one of the next year
_SHOWN = {
    "name": "姓名",
    "class": "班级",
    "entry_year": "年级",
    "sex": "性别",
    "born_on": "出生日期",
    "seat_no": "座号",
    "guardian1": "监护人",
    "relation1": "监护人关系",
    "phone1": "监护人电话",
    "guardian2": "另一监护人",
    "relation2": "另一监护人关系",
    "phone2": "另一监护人电话",
    "address": "住址",
    "boarder": "住校",
    "left_behind": "留守",
    "travel": "上下学方式",
    "family": "家庭情况",
    "health": "健康情况",
    "notes": "备注",
    "status": "状态",
    "id_hash": "身份证号",
    "registry_hash": "学籍号",
}
_FACTS = (*(key for key in _SHOWN if key != "class"), "id_number")


class Preview:
    """Fills a plan with its lines; ``answers`` are what the user said to its questions."""

    def __init__(
        self, plan: StudentPlan, ground: Ground, year: int, answers: Mapping[str, str]
    ) -> None:
        self._plan, self._ground, self._year, self._answers = plan, ground, year, answers
        self._known = [traits_of(pupil, ground.classes) for pupil in ground.pupils]
        self._hashes = {pupil.id_hash for pupil in ground.pupils if pupil.id_hash}
        self._claimed: set[int] = set()
        self._asked: set[int] = set()
        self._under_parent = 0
        self._is_ahead = False

    def compare(self, readings: Sequence[Reading]) -> None:
        """Add a line for each reading, in the order of the file, and name who is missing."""
        traits = [traits_said(reading) for reading in readings]
        twins = find_twins(traits)
        for n, first in twins.items():
            self._join(readings[first], readings[n])
        kept = [n for n in range(len(readings)) if n not in twins]
        matches = match([traits_said(readings[n]) for n in kept], self._known)
        self._note_namesakes([readings[n] for n in kept])
        self._claimed = {found.known for found in matches if found.known is not None}
        self._look_ahead([readings[n] for n in kept], matches)
        for n, found in zip(kept, matches, strict=True):
            self._plan.lines.append(self._line(readings[n], found))
        for reading in readings:
            self._plan.problems += reading.problems
        if self._under_parent:
            self._plan.remarks.append(
                f"有{self._under_parent}名学生的祖辈写在父亲或母亲一栏，关系照原来的记录。"
            )
        self._name_missing({reading.said["class"] for reading in readings})
        self._put_in_order(readings)

    def _join(self, first: Reading, again: Reading) -> None:
        """Keep a pupil who comes twice once, with what only the second line says."""
        first.said = again.said | first.said
        first.guardians += again.guardians
        again.blame("name", again.name, f"和第{first.row}行是同一名学生，只收一次。")
        self._plan.lines.append(
            PlannedLine(Fate.UNCHANGED, again.sheet, again.row, self._title(again))
        )

    def _note_namesakes(self, readings: Iterable[Reading]) -> None:
        """Say so where two of one name in one class are told apart by phone or seat alone."""
        first: dict[tuple[str, ClassKey], Reading] = {}
        for reading in readings:
            said = reading.said
            other = first.setdefault((reading.name, said["class"]), reading)
            if other is reading:
                continue
            told = [k for k in ("born_on", "id_hash") if k in said and k in other.said]
            if not told:
                why = f"和第{other.row}行同班同名，没有出生日期或证号可分，按两名学生登记，请核对。"
                reading.blame("name", reading.name, why)

    def _line(self, reading: Reading, found: Match) -> PlannedLine:
        known = found.known
        if self._is_ahead and self._answers.get(_AHEAD) != _AS_LISTED:
            self._asked |= set(found.doubts)
            return PlannedLine(Fate.REFUSED, reading.sheet, reading.row, self._title(reading))
        if known is None and found.doubts:
            offers = self._offers([k for k in found.doubts if k not in self._claimed])
            key = f"{reading.sheet}·第{reading.row}行"
            answer = self._answers.get(key)
            if offers and answer not in offers:
                self._asked |= set(found.doubts)
                text = f"{key}的{self._title(reading)}是名册里的哪一位？"
                question = Question(key, text, tuple(offers), sheet=reading.sheet, row=reading.row)
                self._plan.questions.append(question)
                return PlannedLine(Fate.REFUSED, reading.sheet, reading.row, self._title(reading))
            known = offers.get(answer or NEW)
        if known is None:
            return self._new_line(reading)
        self._claimed.add(known)
        pupil = self._ground.pupils[known]
        if not self._may_move(reading, pupil):
            return PlannedLine(Fate.REFUSED, reading.sheet, reading.row, self._title(reading))
        return self._known_line(reading, pupil)

    def _look_ahead(self, readings: Sequence[Reading], matches: Sequence[Match]) -> None:
        """Find out whether the list has all classes a grade higher, as after the summer."""
        pairs = [
            (reading, self._ground.pupils[some[0]])
            for reading, found in zip(readings, matches, strict=True)
            if len(some := (found.known,) if found.known is not None else found.doubts) == 1
        ]
        ahead = sum(self._grades_up(*pair) == 1 for pair in pairs)
        if ahead < _LEAST_AHEAD or 2 * ahead <= len(pairs):
            return
        self._is_ahead = True
        self._plan.ahead = (
            f"表里有{ahead}名学生比校安台里高一个年级，这份名册多半是升级以后的，"
            f"校安台还在{year_name(self._year)}。"
        )
        if self._answers.get(_AHEAD) != _AS_LISTED:
            said = f"{self._plan.ahead}请先一键升级，再导入这份名册；这次都没有收。"
            self._plan.problems.append(Problem("", 0, "年级", "", said))
        text = f"{self._plan.ahead}要怎么办？"
        self._plan.questions.append(Question(_AHEAD, text, (_AS_LISTED,), silent=_PROMOTE_FIRST))

    def _grades_up(self, reading: Reading, pupil: Student) -> int:
        if pupil.status != Status.HERE:
            return 0
        key, said = self._ground.classes[pupil.class_uid], reading.said
        own = pupil.entry_year if key.other_years else None
        return grades_up(key, own, said["class"], said.get("entry_year"))

    def _may_move(self, reading: Reading, pupil: Student) -> bool:
        """Say whether the class of a line may be taken; a jump of grades is asked about first."""
        up = self._grades_up(reading, pupil)
        if up in (0, -1) or (self._is_ahead and up == 1):  # who repeats a year is seen anyway
            return True
        key = f"{reading.sheet}·第{reading.row}行·年级"
        answer = self._answers.get(key)
        if answer == _KEEP_CLASS:
            for fact in ("class", "entry_year"):
                reading.said[fact] = self._known_fact(pupil, fact)
        if answer in (_AS_LISTED, _KEEP_CLASS):
            return True
        known = self._class_name(self._ground.classes[pupil.class_uid])
        grades = f"{'高' if up > 0 else '低'}了{_say(abs(up))}个年级"
        text = (
            f"第{reading.row}行：{reading.name}现在是{known}，表里写的是"
            f"{self._class_name(reading.said['class'])}，比跟班升级{grades}，照表改吗？"
        )
        self._plan.questions.append(
            Question(key, text, (_AS_LISTED, _KEEP_CLASS), sheet=reading.sheet, row=reading.row)
        )
        return False

    def _known_fact(self, pupil: Student, fact: str) -> Any:
        key = self._ground.classes[pupil.class_uid]
        return key if fact == "class" else pupil.entry_year

    def _offers(self, doubts: Iterable[int]) -> dict[str, int | None]:
        offers: dict[str, int | None] = {}
        for k in doubts:
            pupil = self._ground.pupils[k]
            facts = [
                f"{self._class_name(self._ground.classes[pupil.class_uid])}的{pupil.name}",
                f"{show(pupil.born_on)}生" if pupil.born_on else "没有出生日期",
                f"座号{pupil.seat_no}" if pupil.seat_no else "",
                pupil.status if pupil.status != Status.HERE else "",
            ]
            text = "，".join(filter(None, facts))
            offers[f"{text}（第{len(offers) + 1}位）" if text in offers else text] = k
        return offers | {NEW: None} if offers else {}

    def _new_line(self, reading: Reading) -> PlannedLine:
        guardians, left_over = fold_guardians((), reading.guardians)
        self._blame_left_over(reading, left_over)
        values = changed({}, reading.said) | guardian_columns(guardians)
        if values.get("id_hash") in self._hashes:
            values |= {"id_hash": None, "id_number": None}
        return PlannedLine(
            Fate.ADDED, reading.sheet, reading.row, self._title(reading), values=values
        )

    def _known_line(self, reading: Reading, pupil: Student) -> PlannedLine:
        known = {key: getattr(pupil, key) for key in _FACTS}
        known["class"] = self._ground.classes[pupil.class_uid]
        self._keep_own_grade(reading, known)
        before = guardians_of(pupil)
        after, left_over = fold_guardians(before, reading.guardians)
        self._blame_left_over(reading, left_over)
        self._under_parent += any(is_under_parent(one, after) for one in reading.guardians)
        said = dict(reading.said)
        if after != before:
            known |= {key: getattr(pupil, key) for key in GUARDIAN_COLUMNS}
            values = changed(known, said) | {
                key: value for key, value in guardian_columns(after).items() if known[key] != value
            }
        else:
            values = changed(known, said)
        fate = Fate.UPDATED if values else Fate.UNCHANGED
        return PlannedLine(
            fate,
            reading.sheet,
            reading.row,
            self._title(reading),
            self._changes(known, values),
            pupil.uid,
            values,
        )

    def _keep_own_grade(self, reading: Reading, known: Mapping[str, Any]) -> None:
        """Know the own grade of a pupil whose single class became part of a combined one."""
        key, old = reading.said["class"], known["class"]
        if key.other_years and "entry_year" not in reading.said and old.entry_year in key.years:
            own = known["entry_year"] if old == key else old.entry_year
            reading.said["entry_year"] = own

    def _changes(
        self, known: Mapping[str, Any], values: Mapping[str, Any]
    ) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (word, self._show(key, known.get(key), known), self._show(key, values[key], known))
            for key, word in _SHOWN.items()
            if key in values
        )

    def _show(self, key: str, value: Any, known: Mapping[str, Any]) -> str:
        if value is None:
            return ""
        if key == "class":
            return self._class_name(value)
        if key == "entry_year":
            return grade_name(known["class"].stage, value, self._year)
        if key in ("id_hash", "registry_hash"):
            return "只记核对码"
        if key in SEALED and value == known.get(key):
            return COVERED
        return show(value)

    def _blame_left_over(self, reading: Reading, left_over: Iterable[Guardian]) -> None:
        for who in left_over:
            if who.name:
                reading.blame("guardian", who.name, "已经有两位监护人，这一位没有登记。")

    def _name_missing(self, covered: set[ClassKey]) -> None:
        for k, pupil in enumerate(self._ground.pupils):
            key = self._ground.classes[pupil.class_uid]
            is_expected = pupil.status == Status.HERE and key in covered
            if is_expected and k not in self._claimed and k not in self._asked:
                self._plan.missing.append(f"{self._class_name(key)} {pupil.name}")

    def _put_in_order(self, readings: Sequence[Reading]) -> None:
        sheets = {reading.sheet: n for n, reading in reversed(list(enumerate(readings)))}
        place = lambda part: (sheets.get(part.sheet, -1), part.row)  # noqa: E731
        self._plan.lines.sort(key=place)
        self._plan.problems.sort(key=place)

    def _title(self, reading: Reading) -> str:
        return f"{self._class_name(reading.said['class'])} {reading.name}"

    def _class_name(self, key: ClassKey) -> str:
        return class_name(key, self._year)


def _say(number: int) -> str:
    return {1: "一", 2: "两"}.get(number, str(number))
