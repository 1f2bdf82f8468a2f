"""The letters as the school words them: kept in the store, so that a copy holds them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.letters.letterforms import LetterForm, find_letter
from app.letters.records import LetterEdition
from app.letters.wording import with_words


class EditionDesk:
    """The letters in the drawer, each in the school's own words if it has any.

    ``came`` are the letters as they came, by id.
    """

    def __init__(self, store: Store, came: Mapping[str, LetterForm]) -> None:
        self._store = store
        self.came = came

    def letters(self) -> dict[str, LetterForm]:
        """Return every letter as it would be sent now."""
        with self._store.read() as session:
            newest = _newest(session)
        return {
            key: _worded(form, newest[key]) if key in newest else form
            for key, form in self.came.items()
        }

    def is_own(self, letter: str) -> bool:
        """Say whether a letter stands in the school's own words now."""
        with self._store.read() as session:
            edition = _newest(session).get(letter)
        return edition is not None and edition.words is not None

    def save(self, letter: str, words: Mapping[str, Any]) -> LetterForm:
        """Keep a letter in these words; its version rises, batches that are out stay as they are.

        Raises:
            UserError: the role may not, there is no such letter, or it would not be whole.

        """
        self._store.sitter.demand(Right.LETTERS)
        form = find_letter(self.came, letter)
        with_words(form, words)  # refuses what is not whole
        return _worded(form, self._write(form, dict(words), f"改家长信：{form.title}"))

    def restore(self, letter: str) -> LetterForm:
        """Go back to the letter as it came; what the school wrote stays in the journal.

        Raises:
            UserError: the role may not, or it is as it came.

        """
        self._store.sitter.demand(Right.LETTERS)
        form = find_letter(self.came, letter)
        if not self.is_own(form.id):
            raise UserError(f"“{form.title}”就是原来的样子，没有改过。")
        self._write(form, None, f"恢复家长信原文：{form.title}")
        return form

    def _write(self, form: LetterForm, words: dict[str, Any] | None, label: str) -> LetterEdition:
        with self._store.change(label) as session:
            number = self._store.count(f"家长信本校版 {form.id}")
            edition = LetterEdition(letter=form.id, number=number, words=words)
            session.add(edition)
        return edition


def _newest(session: Session) -> dict[str, LetterEdition]:
    found = session.scalars(select(LetterEdition).order_by(LetterEdition.number))
    return {edition.letter: edition for edition in found}


def _worded(form: LetterForm, edition: LetterEdition) -> LetterForm:
    if edition.words is None:
        return form
    try:
        worded = with_words(form, edition.words)
    except UserError:  # a newer letter of the product has lost a blank these words ask for
        return form
    return replace(worded, version=f"{form.version}-{edition.number}")
