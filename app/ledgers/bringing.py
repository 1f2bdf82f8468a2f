"""Forms of ledgers that go from school to school: read, compared with what is here, written out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from string import ascii_uppercase

from app.core.errors import UserError
from app.core.files import put
from app.core.forms import Field, Form, read_form
from app.core.pinyin import search_text
from app.core.plainforms import ROOMS_OWN
from app.core.roles import Right
from app.ledgers.formtext import text_of
from app.ledgers.shapes import ShapeBook, why_not_brought
from app.ledgers.wording import KIND_WORDS, SECRET_WORDS, TIE_WORDS

_LARGEST = 200_000  # bytes; the longest shipped one has 8,000
_HEAD = "# 台账“{}”的样子，由校安台写出。在别的学校的校安台里按“其他台账→新台账”放进去。\n"


def read_brought(path: Path, known: Mapping[str, Form], shipped: Collection[str]) -> Form:
    """Return the ledger a file holds; its numbers give way to those of ledgers made here.

    ``known`` are all forms there are, ``shipped`` the ids of those the program brings.

    Raises:
        UserError: it is none, or cannot stand beside the others.

    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError:
        data = b""
    if not data:
        raise _refused(path, "读不出来，或者太大、是空的")
    try:
        form = read_form(data.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise _refused(path, "没有存成UTF-8编码") from None
    except UserError as error:
        raise UserError(error.what, safe=_SAFE, do=_DO) from None
    form = _with_free_number(form, known, shipped)
    if why := why_not_brought(form, known, shipped):
        raise _refused(path, why)
    return form


def differences(form: Form, before: Form) -> Iterator[str]:
    """Yield what a form says otherwise than the one it takes the place of."""
    if form.title != before.title:
        yield f"改名为“{form.title}”"
    if form.orientation != before.orientation:
        yield "改成横着印" if form.orientation == "landscape" else "改成竖着印"
    if form.group != before.group:
        yield f"改放在“{form.group}”一组"
    was = {field.key: field for field in before.fields}
    now = {field.key: field for field in form.fields}
    if added := [now[key].label for key in now if key not in was]:
        yield f"加了{_named(added)}"
    if gone := [was[key].label for key in was if key not in now]:
        yield f"收起了{_named(gone)}（登记过的内容都留着）"
    for key in (key for key in now if key in was):
        yield from _changes(was[key], now[key])
    kept = [key for key in was if key in now]
    if kept != [key for key in now if key in was]:
        yield "换了先后顺序"


def give_out(shapes: ShapeBook, form: Form, path: Path) -> Form:
    """Write a ledger's form for other schools and return it as it was written.

    One the program brings goes under an id of its own, always the same, since nobody may take that
    ledger's place at another school.

    Raises:
        UserError: the role may not, or the place cannot be written to.

    """
    shapes.store.sitter.demand(Right.LEDGERS)
    given = _as_given(shapes, form)
    put(path, (_HEAD.format(form.title) + text_of(given)).encode())
    shapes.store.note(f"把台账的样子给别的学校：{form.title}")
    return given


def free_number(title: str, taken: Collection[str]) -> str:
    """Return letters no ledger's numbers begin with yet, those of its name if they are free."""
    spelt = [word for word in search_text(title).split() if word.isascii() and word.isalpha()]
    short = min(spelt, key=len, default="tz").upper()
    for one in (short[:2], short[:3], short[:4]):
        if len(one) >= 2 and one not in taken and one not in ROOMS_OWN:
            return one
    first = (short[:2] if len(short) >= 2 else f"{short}Z")[:2]
    pairs = (f"{first}{a}{b}" for a in ("", *ascii_uppercase) for b in ascii_uppercase)
    return next(one for one in pairs if one not in taken and one not in ROOMS_OWN)


def _as_given(shapes: ShapeBook, form: Form) -> Form:
    if form.id not in shapes.shipped:
        return form
    versions = shapes.versions(form.id)
    root = versions[-1].uid if versions else form.id
    own = f"{form.id[:20]}_{sha256(root.encode()).hexdigest()[:6]}"
    taken = {one.number for one in shapes.forms().values()}
    return replace(form, id=own, rooms=(own,), number=free_number(form.title, taken))


def _with_free_number(form: Form, known: Mapping[str, Form], shipped: Collection[str]) -> Form:
    """Give way to a ledger of this school's own; one the program brings keeps its numbers too."""
    if (before := known.get(form.id)) is not None and before.plain:
        return form if form.id in shipped else replace(form, number=before.number)
    same = [one for one in known.values() if one.plain and one.number == form.number]
    if not same or same[0].id in shipped:
        return form
    return replace(form, number=free_number(form.title, {one.number for one in known.values()}))


def _changes(was: Field, now: Field) -> Iterator[str]:
    if was.label != now.label:
        yield f"“{was.label}”改名为“{now.label}”"
    if was.kind != now.kind:
        yield f"“{now.label}”改填{KIND_WORDS[now.kind]}"
    elif was.choices != now.choices:
        yield f"“{now.label}”的选项变了"
    if was.required != now.required:
        yield f"“{now.label}”改成{'必填' if now.required else '可以不填'}"
    if was.expires_days != now.expires_days:
        days = "、".join(map(str, now.expires_days))
        yield f"“{now.label}”提前{days}天提醒" if days else f"“{now.label}”不再提醒"
    if was.sensitive != now.sensitive:
        yield f"“{now.label}”改为{SECRET_WORDS[now.sensitive]}"
    for fact, words in TIE_WORDS.items():
        if getattr(was, fact) != getattr(now, fact):
            yield f"“{now.label}”换了“{words}”哪个空"
    if was.width != now.width:
        yield f"“{now.label}”印{now.width}毫米宽" if now.width else f"“{now.label}”不印"


def _named(labels: list[str]) -> str:
    return "、".join(f"“{label}”" for label in labels)


_SAFE = "没有放进任何东西，现有的台账都不受影响。"
_DO = "请改好这个文件，或者向发文件的单位再要一份。"


def _refused(path: Path, why: str) -> UserError:
    return UserError(f"台账文件“{path.name}”用不了：{why}。", safe=_SAFE, do=_DO)
