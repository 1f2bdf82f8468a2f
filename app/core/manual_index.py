"""Finding a place in the manual: by words, or by a sentence with today's names in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from app.core.manual import Chapter, pieces_of

_LONG = 20_000  # characters of a chapter nobody reads from end to end
_LEAST, _LEAST_OF_MUCH = 3, 5  # characters; shorter parts of a phrase, of a sentence stand anywhere
_PAIR, _PHRASE = 2, 8
_MARKS = "“”（）《》，。；：、"  # at the ends of a part they only stand in the way


class Found(NamedTuple):
    """The chapters that have what is sought, and the words of it they have."""

    chapters: tuple[Chapter, ...]
    words: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The longest of the words, to be marked on the page."""
        return max(self.words, key=len, default="")


def find(chapters: Sequence[Chapter], sought: str) -> Found:
    """Find the chapters that have all words of ``sought``; else those that have most of it.

    Nobody sets blanks between Chinese words: a short phrase that stands nowhere is taken for words
    of two characters (忘了回执 also finds 忘了收回执). A message on the screen has names and
    figures where the manual has …; so where nothing else helps, the longest part of what was typed
    that stands anywhere is sought instead.
    """
    whole = sought.strip()
    words = tuple(whole.split())
    if not words:
        return Found(tuple(chapters), ())
    for wanted in ((whole,), words, _pairs(whole)):
        if found := _with(chapters, wanted):
            return Found(found, wanted)
    parts = (_longest(_words_of(one), whole.casefold()) for one in chapters)
    part = max(parts, key=len, default="").strip(_MARKS)
    return Found(_with(chapters, (part,)), (part,)) if part else Found((), ())


def is_long(chapter: Chapter) -> bool:
    """Say whether a chapter is looked up rather than read: only a part of it is shown at once."""
    return len(chapter.text) > _LONG


def contents_of(chapter: Chapter) -> str:
    """Return the beginning of a long chapter, and below it the way to each of its parts."""
    before, *parts = chapter.text.split("\n## ")
    titles = [part.partition("\n")[0].strip() for part in parts]
    links = [f"- [{title}]({chapter.id}.md#{n})" for n, title in enumerate(titles)]
    return "\n".join((before.strip(), "", *links))


def part_of(chapter: Chapter, number: int) -> str:
    """Return one part of a long chapter, under the chapter's name."""
    before, *parts = chapter.text.split("\n## ")
    title = before.partition("\n")[0]
    return f"{title}\n\n## {parts[number].strip()}\n\n[看别的部分]({chapter.id}.md)"


def rows_with(chapter: Chapter, words: Sequence[str]) -> str:
    """Return a long chapter with only those rows of its tables that have all the words.

    Where no row has them all, as a heading may, its contents are returned.
    """
    before, *parts = chapter.text.split("\n## ")
    kept = [before.partition("\n")[0]]
    for part in parts:
        title, *lines = part.splitlines()
        rows = [line for line in lines if line.startswith("|")]
        if found := [row for row in rows[2:] if _has(row.casefold(), words)]:
            kept += ["", f"## {title}", "", *rows[:2], *found]
    return "\n".join(kept) if len(kept) > 1 else contents_of(chapter)


def _pairs(whole: str) -> tuple[str, ...]:
    """Cut a short phrase into words of two characters; a longer one stays as it is."""
    if not 2 * _PAIR <= len(whole) <= _PHRASE or len(whole) % _PAIR:
        return (whole,)
    return tuple(whole[n : n + _PAIR] for n in range(0, len(whole), _PAIR))


def _with(chapters: Sequence[Chapter], words: Sequence[str]) -> tuple[Chapter, ...]:
    return tuple(one for one in chapters if _has(_words_of(one), words))


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word.casefold() in text for word in words)


@cache
def _words_of(chapter: Chapter) -> str:
    """Return the words of a chapter as they are read, without its marks."""
    said = [chapter.title]
    for piece in pieces_of(chapter):
        said += [piece.text] if piece.kind != "picture" else []
        said += (cell for row in piece.rows for cell in row)
    return "\n".join(said).casefold()


def _longest(text: str, sought: str) -> str:
    """Return the longest part of ``sought`` in a text, the first of several; '' for a short one.

    Of a part that is there every shorter piece is there too, so that its length is found by
    halving.
    """
    least = _LEAST if len(sought) <= _PHRASE else _LEAST_OF_MUCH
    best, low, high = "", least, len(sought)
    while low <= high:
        size = (low + high) // 2
        starts = range(len(sought) - size + 1)
        part = next((sought[n : n + size] for n in starts if sought[n : n + size] in text), "")
        best, low, high = (part, size + 1, high) if part else (best, low, size - 1)
    return best
