"""The roster of the town: which schools there are, from when they are asked, which are no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import select

from app.core.errors import UserError
from app.core.founding import SchoolFacts
from app.core.roles import Right
from app.core.store import Store
from app.handover.parts import fingerprint
from app.handover.town.records import TownSchool

WHY_CLOSED = ("并入别的学校", "停办", "改由别的乡镇管", "暂时停课")


class Roster:
    """What the town itself writes down of its schools."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store, self._today = store, today

    def all(self) -> Sequence[TownSchool]:
        """Return the schools by name, also those that are closed."""
        with self._store.read() as session:
            return session.scalars(select(TownSchool).order_by(TownSchool.name)).all()

    def of(self, uid: str) -> TownSchool:
        """Return one school."""
        return self._store.get(TownSchool, uid)

    def fingerprint(self, uid: str) -> str:
        """Return the key of a school as it is compared by telephone, "" before its first file."""
        key = self.of(uid).public_key
        return fingerprint(bytes.fromhex(key)) if key else ""

    def unchecked(self) -> list[TownSchool]:
        """Return the schools whose fingerprint nobody has compared yet, by name."""
        return [
            one
            for one in self.all()
            if one.public_key and one.trusted_on is None and one.closed_on is None
        ]

    def enter(self, *, name: str, code: str, kind: str) -> TownSchool:
        """Enter a school that is expected to hand in, before its first file.

        Raises:
            UserError: the role does not include it, a fact is missing, or it is there already.

        """
        self._store.sitter.demand(Right.TOWN)
        facts = SchoolFacts(name, code, kind).checked()
        for one in self.all():
            if one.code == facts.code or one.name == facts.name:
                raise UserError(
                    f"“{one.name}”（{one.code}）已经在名单里。",
                    safe="没有再登记一次。",
                    do="请在列表里找到它，按“修改”。",
                )
        with self._store.change("登记学校") as session:
            school = TownSchool(code=facts.code, name=facts.name, kind=facts.kind, public_key="")
            session.add(school)
        return school

    def correct(
        self, uid: str, *, area: str, phone: str, expected_from: date | None = None
    ) -> None:
        """Say where a school lies, whom to call, and from which day reports are asked of it.

        Without a day they are asked from the first week it reported or handed in.

        Raises:
            UserError: the role does not include it.

        """
        self._store.sitter.demand(Right.TOWN)
        with self._store.change("修改学校信息"):
            school = self.of(uid)
            school.area, school.phone = area.strip() or None, phone.strip() or None
            school.expected_from = expected_from

    def trust(self, uid: str) -> None:
        """Write down that the fingerprint of this school was compared with the school.

        Raises:
            UserError: the role does not include it, or there is nothing to compare yet.

        """
        self._store.sitter.demand(Right.TOWN)
        if not self.of(uid).public_key:
            raise UserError("这所学校还没有交过数据，没有可以核对的字符。", do="请先收它的文件。")
        with self._store.change("核对学校签名"):
            school = self.of(uid)
            school.trusted_on, school.trusted_by = self._today(), self._store.sitter.name
            school.mismatched_on = None

    def distrust(self, uid: str) -> None:
        """Write down that the school read other characters than its file was signed with.

        Raises:
            UserError: the role does not include it.

        """
        self._store.sitter.demand(Right.TOWN)
        with self._store.change("学校签名对不上"):
            school = self.of(uid)
            school.mismatched_on = self._today()
            school.trusted_on = school.trusted_by = None

    def close(self, uid: str, *, on: date | None, why: str) -> None:
        """Strike off a school that was closed or merged; what it handed in stays.

        From this day on nothing is asked of it.

        Raises:
            UserError: the role does not include it, the day or the reason is missing, or the
                day is still to come.

        """
        self._store.sitter.demand(Right.TOWN)
        if on is None or not why.strip():
            raise UserError(
                "哪天撤并、为什么，两样都要写。", safe="没有保存。", do="请补上再保存。"
            )
        if on > self._today():
            raise UserError("撤并的日子还没有到。", safe="没有保存。", do="请填今天或以前的日子。")
        with self._store.change("登记撤并"):
            school = self.of(uid)
            school.closed_on, school.closed_why = on, why.strip()
            school.closed_by = self._store.sitter.name

    def reopen(self, uid: str) -> None:
        """Take a school back onto the roster.

        Raises:
            UserError: the role does not include it.

        """
        self._store.sitter.demand(Right.TOWN)
        with self._store.change("恢复学校"):
            school = self.of(uid)
            school.closed_on = school.closed_why = school.closed_by = None
