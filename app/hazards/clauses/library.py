"""Clauses in files: those shipped under ``forms/clauses``, and a CSV or TOML file to take in.

A TOML file::

    id = "clause_fire"
    title = "校园消防重大事故隐患（直接判定）"
    level = "国家"                  # or 省, 市, 县
    field = "消防"
    document = "教发厅函〔2024〕20号"
    trust = "转述"                  # may be left out; a clause may say its own
    [[clause]]
    code = "1"
    text = "没有建立消防安全责任体系"

A spreadsheet has a line a clause, under the headings 层级、领域、条号、条款内容、文号、可信度.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from app.core.cleaning import clean_text
from app.core.columns import find_tables
from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault, doubled
from app.core.handwritten import read_toml
from app.core.headers import Meaning
from app.core.sheets import read_book
from app.core.values import show

LEVELS = ("国家", "省", "市", "县")
UNSURE = "待核对"
_LONGEST = 300
_NOTHING = "一条也没有收，原来的条款都在。"
_KNOWN_TOML = {"id", "title", "level", "field", "document", "trust", "clause"}
MEANINGS = (
    Meaning("level", "层级", ("层级", "级别", "发布层级")),
    Meaning("field", "领域", ("领域", "类别", "适用领域")),
    Meaning("code", "条号", ("条号", "条款号", "序号", "编号")),
    Meaning("text", "条款内容", ("条款内容", "判定条款", "条款", "内容", "判定标准")),
    Meaning("document", "文号", ("文号", "依据", "文件", "依据文件", "发文字号")),
    Meaning("trust", "可信度", ("可信度", "来源说明")),
)
_LABELS = {meaning.key: meaning.label for meaning in MEANINGS}
_SHOULD = {
    "level": f"应为{'、'.join(LEVELS)}之一",
    "field": "应写明领域，如“校舍”",
    "code": "应写明条号，如“3”",
    "text": f"应写明条款内容，不超过{_LONGEST}个字",
    "document": "应写明文号，如“教发厅函〔2024〕20号”",
}


class Clause(NamedTuple):
    """One clause; ``said`` is what a hazard keeps of it."""

    level: str
    field: str
    code: str
    text: str
    document: str
    trust: str

    @property
    def said(self) -> str:
        """The clause with where it stands, as it is written into a hazard."""
        return f"{self.text}（{self.document}，{self.field}第{self.code}条）"


@dataclass(frozen=True)
class ClauseForm:
    """A clause of a shipped file."""

    code: str
    text: str
    trust: str = ""


@dataclass(frozen=True)
class ClauseBook:
    """One document's clauses, as they are shipped."""

    id: str
    title: str
    level: Literal["国家", "省", "市", "县"]
    field: str
    document: str
    clauses: tuple[ClauseForm, ...]
    trust: str = UNSURE

    def __iter__(self) -> Iterator[Clause]:
        """Give its clauses in their order."""
        for one in self.clauses:
            trust = one.trust or self.trust
            yield Clause(self.level, self.field, one.code, one.text, self.document, trust)


class _Line(NamedTuple):
    """Where a clause stands in a file, and what it says by key; ``columns`` are its headings."""

    number: int
    said: Mapping[str, Any]
    columns: Mapping[str, str]


def load_clause_books(*folders: Path) -> tuple[dict[str, ClauseBook], list[UserError]]:
    """Read every file of clauses in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def read_clauses(path: Path) -> list[Clause]:
    """Read the clauses of a spreadsheet or a TOML file; all of them or none.

    Raises:
        UserError: the file cannot be read, or the first line that is wrong, with its column, what
            stands there and what it should be.

    """
    lines = _of_toml(path) if path.suffix.lower() == ".toml" else _of_sheet(path)
    if not lines:
        raise UserError(
            f"“{path.name}”里没有条款。",
            safe=_NOTHING,
            do=f"表头要有：{'、'.join(_LABELS.values())}，下面一行一条。",
        )
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for line in lines:
        clause = _clause(path, line)
        key = clause.document, clause.field, clause.code
        if key in seen:
            raise _fault(path, line, "code", f"应和别的行不同，它和第{seen[key]}行重复")
        seen[key] = line.number
        found.append(clause)
    return found


def _clause(path: Path, line: _Line) -> Clause:
    said = {
        key: value if not isinstance(value, str) else clean_text(value)
        for key, value in line.said.items()
    }
    for key, should in _SHOULD.items():
        value = said.get(key)
        is_right = isinstance(value, str) and 0 < len(value) <= _LONGEST
        if not is_right or (key == "level" and value not in LEVELS):
            raise _fault(path, line, key, should)
    trust = said.get("trust") or UNSURE
    if not isinstance(trust, str):
        raise _fault(path, line, "trust", "应为文字，如“转述”")
    level, of, code, text, document = (str(said[key]) for key in _SHOULD)
    return Clause(level, of, code, text, document, trust)


def _fault(path: Path, line: _Line, key: str, should: str) -> UserError:
    value = show(line.said.get(key)) if line.said.get(key) not in (None, "") else ""
    now = f"写的是“{value[:40]}”" if value else "空着"
    column = line.columns.get(key, _LABELS[key])
    return UserError(
        f"“{path.name}”第{line.number}行“{column}”一列{now}，{should}。",
        safe=_NOTHING,
        do="请改好这一处再导入。",
    )


def _of_sheet(path: Path) -> list[_Line]:
    tables = find_tables(read_book(path), MEANINGS, needed=("text", "document"))
    return [
        _Line(row.row, {key: show(cell) for key, cell in row.cells.items()}, table.columns)
        for table in tables
        for row in table.rows
    ]


def _of_toml(path: Path) -> list[_Line]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        number = int(at[1]) if at else len(text.splitlines())
        written = (text.splitlines() or [""])[min(number, len(text.splitlines())) - 1].strip()
        raise UserError(
            f"“{path.name}”第{number}行第{at[2] if at else 1}列的写法不对，写的是“{written[:40]}”，"
            '应为“名称 = "内容"”，引号是英文的。',
            safe=_NOTHING,
            do="请改好这一处再导入。",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"“{path.name}”读不出来，或者没有存成UTF-8编码。",
            safe=_NOTHING,
            do="请重新保存再导入。",
        ) from error
    heads = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(r"\s*\[\[\s*clause\s*\]\]", line)
    ]
    entries = raw.get("clause", [])
    if not isinstance(entries, list) or len(entries) != len(heads):
        raise UserError(
            f"“{path.name}”里的clause应写成一段一段的[[clause]]。",
            safe=_NOTHING,
            do="请照样子改好再导入。",
        )
    common = {key: raw[key] for key in raw if key in _SHOULD or key == "trust"}
    columns = {key: key for key in (*_SHOULD, "trust")}
    return [
        _Line(head, common | entry, columns) for head, entry in zip(heads, entries, strict=True)
    ]


def _finish(book: ClauseBook) -> ClauseBook:
    if twice := doubled([one.code for one in book.clauses]):
        raise Fault(f"有两条的code都是“{twice}”")
    return book


_DRAWER = Drawer(
    ClauseBook,
    _finish,
    name="判定条款",
    others="其他条款和已有的隐患",
    folder="表格文件夹",
    parts={"clauses": ("clause", "个clause")},
)
