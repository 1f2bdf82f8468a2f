"""The case file (事件包): named pupils, blank by blank, sealed for the town, once, written down.

Only where names must be told (溺亡、重大事件、依法调取). It is never part of the ordinary file, and
has a format of its own, so that nobody can take one for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.core.bare import bare
from app.core.calendar import term_of
from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show
from app.core.views import Row
from app.handover.package import pack
from app.handover.parts import CASE, Attachment, Letterhead, Period, Sender, Table, TableField
from app.handover.sealing import seal
from app.handover.stick import place
from app.handover.townkey import TownKey, TownKeys
from app.privacy import ReleaseBook, Request
from app.students import StudentRegister

# What may be chosen of a pupil, one by one. What is sealed (病情、家庭情况) is never offered.
FIELDS = (
    TableField("name", "姓名"),
    TableField("sex", "性别"),
    TableField("born_on", "出生日期", "date"),
    TableField("class_name", "班级"),
    TableField("guardian1", "监护人一"),
    TableField("relation1", "监护人一与学生关系"),
    TableField("phone1", "监护人一电话"),
    TableField("guardian2", "监护人二"),
    TableField("relation2", "监护人二与学生关系"),
    TableField("phone2", "监护人二电话"),
    TableField("address", "家庭住址"),
    TableField("receipts", "本学年家长信回执页"),
)
RECEIPTS = "receipts"
_WHAT = "事件包"
_NOTHING = "没有生成事件包。"
_README = """这是校安台生成的事件包，里面有学生的真实姓名。

只供信里写明的接收人，为写明的用途使用，用完请删掉，不要转给别人。
要看内容，请打开“汇总.xlsx”。
"""


@dataclass(frozen=True)
class Case:
    """What is told of whom, and why: ``keys`` are some of ``FIELDS``."""

    title: str
    pupils: tuple[str, ...]
    keys: tuple[str, ...]
    receiver: str
    purpose: str
    basis: str


def _shown(column: TableField, value: Any) -> str:
    if column.name == RECEIPTS:
        return f"{len(value.split())}页" if value else "没有收回的"
    return show(value) or "没有登记"


class CaseDesk:
    """Makes case files; the line about each stands among what was given out."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        releases: ReleaseBook,
        *,
        sender: Callable[[], Sender],
        key: Callable[[], bytes],
        now: Callable[[], datetime],
        receipts: Callable[[str, date], Sequence[bytes]] = lambda _uid, _since: (),
    ) -> None:
        """``receipts`` gives the pictures of a pupil's signed receipts since a day."""
        self.store, self.now = store, now
        self._receipts = receipts
        self._students, self._releases = students, releases
        self._sender, self._key = sender, key
        self.town_keys = TownKeys(store)

    def pupils(self) -> dict[str, str]:
        """Return the uids of the pupils by what tells each of them from the others.

        Raises:
            UserError: the role may not see pupils.

        """
        found: dict[str, str] = {}
        for pupil in self._students.pupils():
            seat = f"{pupil.seat_no}号" if pupil.seat_no else ""
            name = f"{pupil.name}（{pupil.class_name}{seat}）"
            found[name if name not in found else f"{name}之{len(found)}"] = pupil.uid
        return found

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def file_name(self) -> str:
        """Offer a name for the file, which names nobody."""
        return f"校安台事件包_{self._sender().name}_{self.today():%Y%m%d}.zip.age"

    def make(self, target: Path, case: Case, sealed_for: TownKey | None = None) -> None:
        """Write the sealed file, read it back, and write down who gets what and why.

        It is sealed to the town unless ``sealed_for`` names another, whose key was compared.

        Raises:
            UserError: the role may not, something is not said, the town's key is not there, or
                the place cannot be written to. Then nothing is written down.

        """
        columns, rows, pages = self._told(case)
        key = sealed_for or self.town_keys.town()
        if key is None:
            raise UserError(
                "还没有收镇级公钥，事件包不能不密封就拿出去。",
                safe=_NOTHING,
                do="请先在“生成数据文件”里收镇级公钥，或者另选一份公钥文件。",
            )
        labels = [column.title for column in columns]
        request = Request(case.receiver, case.purpose, case.basis, "内部", case.keys)
        with self.store.change(f"生成事件包：给{case.receiver.strip()}", undoable=False):
            self._releases.write_down(_WHAT, request, people=len(rows), labels=labels)
            table = Table("pupils", case.title.strip(), tuple(columns), rows)
            head = self._head(case)
            data = pack(self._sender(), [table], head, key=self._key(), attachments=pages)
            place(target, seal(data, key.seal))

    def preview(self, case: Case) -> list[str]:
        """Say pupil by pupil exactly what would leave, blank by blank.

        Raises:
            UserError: the role may not, or something is not said.

        """
        columns, rows, _ = self._told(case)
        return ["；".join(f"{c.title}：{_shown(c, row[c.name])}" for c in columns) for row in rows]

    def _told(self, case: Case) -> tuple[list[TableField], list[Row], list[Attachment]]:
        """Return the columns, rows and receipt pages of a case file."""
        for right in (Right.EXPORT, Right.SEE_STUDENTS):
            self.store.sitter.demand(right)
        columns = [column for column in FIELDS if column.name in case.keys]
        pages: dict[str, Attachment] = {}
        rows = self._rows(case, columns, pages)
        self._refuse(case, columns, rows)
        return columns, rows, list(pages.values())

    def _rows(
        self, case: Case, columns: Sequence[TableField], pages: dict[str, Attachment]
    ) -> list[Row]:
        known = {pupil.uid: pupil for pupil in self._students.pupils()}
        rows = []
        for uid in dict.fromkeys(case.pupils):
            if uid not in known:
                continue
            row = {c.name: getattr(known[uid], c.name) for c in columns if c.name != RECEIPTS}
            if any(column.name == RECEIPTS for column in columns):
                mine = self._pages(uid)
                pages |= {page.path: page for page in mine}
                row[RECEIPTS] = " ".join(page.path for page in mine) or None
            rows.append(row)
        return rows

    def _pages(self, uid: str) -> list[Attachment]:
        """Return the receipts of this school year, their hidden facts taken out."""
        since = date(term_of(self.today()).year, 8, 1)
        try:
            clean = [bare(data) for data in self._receipts(uid, since)]
        except ValueError:
            raise UserError(
                "有一张回执的图像坏了，读不出来。", safe=_NOTHING, do="请不选回执页，另附纸质回执。"
            ) from None
        return [Attachment(d, "png" if d.startswith(b"\x89PNG") else "jpg") for d in clean]

    def _refuse(self, case: Case, columns: Sequence[TableField], rows: Sequence[Row]) -> None:
        wrong = []
        if not case.title.strip():
            wrong.append("“什么事件”没有填")
        if not rows:
            wrong.append("一名学生也没有选")
        if not columns:
            wrong.append("一栏也没有选")
        if wrong:
            raise UserError("；".join(wrong) + "。", safe=_NOTHING, do="请填好再生成。")

    def _head(self, case: Case) -> Letterhead:
        told: Mapping[str, Any] = {
            "title": case.title.strip(),
            "receiver": case.receiver.strip(),
            "purpose": case.purpose.strip(),
            "basis": case.basis.strip(),
        }
        return Letterhead(
            Period(self.today(), self.today()),
            seq=self.store.count("事件包"),
            revision=1,
            made_at=self.now(),
            format=CASE,
            readme=_README,
            more={"case": dict(told)},
        )
