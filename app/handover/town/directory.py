"""Whose file it is: the schools by code, key and name, as one change sees them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.handover.town.records import TownSchool


class Refusal(Exception):  # noqa: N818 - becomes an outcome
    """Why a file is not taken; it has changed nothing."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code, self.message = code, message


class Directory:
    """The schools this town knows; one that is new is entered with its first file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        schools = session.scalars(select(TownSchool)).all()
        self._by_code = {one.code: one for one in schools}
        self._by_key = {one.public_key: one for one in schools if one.public_key}
        self._by_sound: dict[str, list[TownSchool]] = {}
        for one in schools:
            self._by_sound.setdefault(_sounds(one.name), []).append(one)

    def sender(self, said: Mapping[str, str], accept_key: str) -> TownSchool:
        """Return the school that signed; one that is new has its id from the next flush on.

        Raises:
            Refusal: its key is not the one we know, or its name or key is another school's.

        """
        code, name, key = said["code"].upper(), said["name"], said["key"].lower()
        known, owner = self._by_code.get(code), self._by_key.get(key)
        if owner is not None and owner is not known:
            raise Refusal("KEYTAKEN", f"这份文件是用“{owner.name}”的签名签的，却写着“{name}”。")
        if (namesake := self._namesake(name, known)) is not None:
            raise Refusal("NAMETAKEN", f"“{name}”以前用的学校代码是{namesake.code}，这份是{code}。")
        if known is None:
            known = TownSchool(code=code, name=name, kind=said["kind"], public_key=key)
            self._session.add(known)
            self._by_code[code] = known
            self._by_sound.setdefault(_sounds(name), []).append(known)
        elif not known.public_key:  # entered by the town before its first file
            known.public_key = key
        elif known.public_key != key:
            if accept_key.lower() != key:
                raise Refusal(
                    "KEYCHANGED",
                    f"“{known.name}”的签名换了，先打电话核对十六个字符，再收这份文件。",
                )
            self._by_key.pop(known.public_key, None)
            known.public_key, known.trusted_on, known.trusted_by = key, None, None
            known.mismatched_on = None
        self._by_key[key] = known
        return known

    def call(self, school: TownSchool, said: Mapping[str, str]) -> None:
        """Have a school be called as its newest file says."""
        if (school.name, school.kind) != (said["name"], said["kind"]):
            self._by_sound[_sounds(school.name)].remove(school)
            school.name, school.kind = said["name"], said["kind"]
            self._by_sound.setdefault(_sounds(school.name), []).append(school)

    def _namesake(self, name: str, known: TownSchool | None) -> TownSchool | None:
        """Return another school that goes by this name."""
        alike = self._by_sound.get(_sounds(name), ())
        return next((one for one in alike if one is not known), None)


def _sounds(name: str) -> str:
    """Return a name as it is read aloud: blanks and wide or narrow forms make no other school."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
