"""The receipts of a drowned child's family: found, said, and laid behind the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import UserError
from app.core.views import Row
from app.incidents.naming import bare
from app.incidents.rules import DROWNING
from app.letters import LetterRegister
from app.students import StudentRegister

LETTER = "drowning"


@dataclass(frozen=True)
class Receipts:
    """What the report says of receipts, and the sheets that go behind it; also what is missing."""

    said: tuple[str, ...] = ()
    sheets: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()


class ReceiptFinder:
    """Finds the receipts of pupils by what tells each of them from the others."""

    def __init__(self, students: StudentRegister, letters: LetterRegister) -> None:
        self._students, self._letters = students, letters

    def pupils(self) -> dict[str, str]:
        """Return the uids of the pupils by name and class; nobody if the role may see none."""
        try:
            pupils = self._students.pupils()
        except UserError:
            return {}
        found: dict[str, str] = {}
        for pupil in pupils:
            seat = f"{pupil.seat_no}号" if pupil.seat_no else ""
            name = f"{pupil.name}（{pupil.class_name}{seat}）"
            found[name if name not in found else f"{name}之{len(found)}"] = pupil.uid
        return found

    def of(self, known: Mapping[str, Any]) -> Receipts:
        """Return what there is for the pupils of an incident; only a drowning asks for receipts.

        What is missing is said on the report and stops nothing.
        """
        if known.get("kind") != DROWNING:
            return Receipts()
        names = [str(name) for name in dict.fromkeys(known.get("pupils") or ())]
        if not names:
            gap = "溺水事件要附学生的防溺水回执：还没有填“涉及的学生”"
            return Receipts((gap,), missing=(gap,))
        uids = self.pupils()
        said: list[str] = []
        sheets: list[Row] = []
        missing: list[str] = []
        for name in names:
            sheet, why = self._sheet(uids.get(name) or self._left(name))
            if sheet is not None:
                sheets.append(sheet)
            words = f"{name}的家长信回执证明"
            said.append(f"{words}（附后）" if not why else f"{words}：{why}")
            missing += said[-1:] if why else ()
        return Receipts(tuple(said), tuple(sheets), tuple(missing))

    def printed(self, known: Mapping[str, Any], how: str) -> None:
        """Have it written down whose receipts left with a report."""
        uids = self.pupils()
        for name in known.get("pupils") or ():
            if uid := uids.get(name) or self._left(name):
                self._letters.proofs.printed(uid, how)

    def _left(self, name: str) -> str | None:
        """Return the uid of a pupil who has left, if only one of that name ever was here."""
        try:
            pupils = self._students.pupils(everybody=True)
        except UserError:
            return None
        found = [pupil.uid for pupil in pupils if pupil.name == bare(name)]
        return found[0] if len(found) == 1 else None

    def _sheet(self, uid: str | None) -> tuple[Row | None, str]:
        if uid is None:
            return None, "名册里没有找到这名学生，正在查纸质回执，随后补报"
        try:
            sheet = self._letters.proofs.sheet(uid, letter=LETTER)
        except UserError as error:
            return None, f"没有取到，{error.what.rstrip('。')}，随后补报"
        if not sheet["letters"]:
            return None, "没有发信的记录，随后说明"
        if not sheet["is_back"]:
            return None, "没有收回的记录，正在查纸质回执，随后补报"
        if not sheet["last_is_back"]:
            day = sheet["letters"][-1]["issued_on"]
            sent = f"{day.year}年{day.month}月{day.day}日"
            return sheet, f"{sent}发的没有收回的记录，以前的附后，正在查纸质回执，随后补报"
        return sheet, ""
