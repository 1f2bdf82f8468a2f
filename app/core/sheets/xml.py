"""Walking XML from strangers: in small pieces, with no document type and nothing fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, NoReturn
from xml.parsers import expat

from app.core.sheets.book import UnreadableError
from app.core.sheets.kinds import SAVE_AS

Start = Callable[[str, dict[str, str]], None]
_PIECE = 1 << 16


def walk(
    stream: IO[bytes],
    *,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call ``start``, ``end`` and ``text`` as the parts of the document go by.

    Names come with whatever prefix the file gives them: take them through ``local``. Reading to
    the very end also checks the sum the archive keeps of the part.

    Raises:
        UnreadableError: the document declares a type or entities, as no spreadsheet program does.
        ExpatError: it is not well-formed.

    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    while piece := stream.read(_PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*_declared: object) -> NoReturn:
    raise UnreadableError("这个表格里有不正常的内容，为了安全没有读。", SAVE_AS)
