"""The manual: chapters written in Markdown, for the help window and for paper."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CONTENTS = "contents.toml"
PICTURES = "pictures"
_QUOTES = {"link_open": "“", "link_close": "”"}


@dataclass(frozen=True)
class Chapter:
    """One chapter; ``id`` is the name of its file, ``part`` the heading it stands under."""

    id: str
    title: str
    part: str
    text: str
    tabs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """One thing below another in a chapter.

    ``level`` is 2 or 3 of a head and the depth of an item, from 0; ``mark`` stands before an
    item; ``text`` is the file name of a picture; only a table has ``rows``, the first its head.
    """

    kind: Literal["head", "text", "item", "code", "picture", "table"]
    text: str = ""
    level: int = 0
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read_manual(folder: Path) -> tuple[Chapter, ...]:
    """Return the chapters of a manual in their order; () where the folder has none."""
    try:
        contents = tomllib.loads((folder / CONTENTS).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    tabs: dict[str, list[str]] = {}
    for tab, chapter in contents.get("tabs", {}).items():
        tabs.setdefault(chapter, []).append(tab)
    return tuple(
        _read(folder, name, part["title"], tuple(tabs.get(name, ())))
        for part in contents["part"]
        for name in part["chapters"]
    )


def as_html(chapter: Chapter, folder: Path, *, width: int) -> str:
    """Return a chapter as HTML whose pictures are at most ``width`` pixels wide."""
    tokens = _markdown().parse(chapter.text)
    for token in _inlines(tokens):
        for child in token.children or ():
            if child.type == "image":
                wide, high = _size_of(folder / str(child.attrGet("src")))
                shown = min(width, wide)
                child.attrSet("width", str(shown))
                child.attrSet("height", str(round(high * shown / wide)))
    return str(_markdown().renderer.render(tokens, _markdown().options, {}))


@cache
def _size_of(picture: Path) -> tuple[int, int]:
    """Return how many pixels wide and high a PNG is, as its head says."""
    with picture.open("rb") as file:
        head = file.read(24)
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:])


def pieces_of(chapter: Chapter) -> list[Piece]:
    """Return what a chapter says below its title, piece by piece and without marks."""
    tokens = _markdown().parse(chapter.text)
    return [one for one in _pieces(tokens) if not (one.kind == "head" and one.level == 1)]


def _read(folder: Path, name: str, part: str, tabs: tuple[str, ...]) -> Chapter:
    text = (folder / f"{name}.md").read_text("utf-8")
    return Chapter(name, text.partition("\n")[0].removeprefix("# ").strip(), part, text, tabs)


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _inlines(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type == "inline")


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    lists: list[int | None] = []  # of each list we are in: its next number, None for dots
    mark, head = "", 0
    rows: list[list[str]] = []
    for token in tokens:
        match token.type:
            case "heading_open":
                head = int(token.tag[1])
            case "heading_close":
                head = 0
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_close" | "bullet_list_close":
                lists.pop()
            case "list_item_open":
                number = lists[-1]
                mark = "·" if number is None else f"{number}."
                lists[-1] = None if number is None else number + 1
            case "fence" | "code_block":
                yield Piece("code", token.content.rstrip("\n"), len(lists))
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "table_close":
                yield Piece("table", rows=tuple(map(tuple, rows)))
                rows = []
            case "inline" if rows:
                rows[-1].append(_plain(token))
            case "inline" if head:
                yield Piece("head", _plain(token), head)
            case "inline":
                yield from _running(token, lists, mark)
                mark = ""


def _running(token: Token, lists: Sequence[int | None], mark: str) -> Iterator[Piece]:
    """Yield the pictures of a paragraph and its words."""
    for child in token.children or ():
        if child.type == "image":
            yield Piece("picture", str(child.attrGet("src")).removeprefix(f"{PICTURES}/"))
    if words := _plain(token):
        kind: Literal["item", "text"] = "item" if lists else "text"
        yield Piece(kind, words, max(len(lists) - 1, 0), mark)


def _plain(token: Token) -> str:
    said = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            said.append(child.content)
        elif child.type in _QUOTES:  # a way to another chapter, on paper only its name
            said.append(_QUOTES[child.type])
        elif child.type == "softbreak":
            said.append(_glue(said))
        elif child.type == "hardbreak":
            said.append("\n")
    return "".join(said).strip()


def _glue(said: Sequence[str]) -> str:
    """Return what a line break in the source becomes: nothing after a hanzi, else a space."""
    return " " if said and said[-1][-1:].isascii() else ""
