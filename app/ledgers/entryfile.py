"""Lines that come in as a JSON file: what another program wrote, read by the form's own blanks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.handwritten import NotJson, read_json
from app.ledgers.importing import read_cell
from app.ledgers.register import LedgerRegister

_SAFE = "什么都没有录入。"
_LARGEST = 5_000_000  # bytes
MOST = 5_000
LINE_FILE = """\
往一本台账里录入。文件是JSON（UTF-8）或者Excel表格。

JSON是一个对象，或者几个对象的一串，键是台账文件里空的key，也可以写label：
[{"found_on": "2026-11-03", "kind": "家校之间", "what": "对作业有意见",
  "grade": "低", "measures": "班主任家访", "owner": "孙丽华"}]
日期写2026-11-03，时间写14:30，日期和时间写2026-11-03 14:30，是否写true或false，多选写成一串。

Excel表格的栏目名称写空的label，和窗口里“导入”一样。
成功后说出编号；JSON里有一处不对就什么都不录入，Excel里不对的行不收，其余照收。"""


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects a file holds.

    Raises:
        UserError: it cannot be read, or holds anything else.

    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(f"“{path.name}”太大了。", safe=_SAFE, do="请分成几个文件。")
        said = read_json(path)
    except (OSError, NotJson):
        raise UserError(
            f"“{path.name}”读不出来，或者不是JSON。", safe=_SAFE, do="请检查文件，存成UTF-8编码。"
        ) from None
    lines = said if isinstance(said, list) else [said]
    if not lines or len(lines) > MOST or not all(isinstance(one, dict) for one in lines):
        raise UserError(
            f"“{path.name}”要是一个对象，或者一到{MOST}个对象的一串。",
            safe=_SAFE,
            do="请改好再录入。",
        )
    return lines


def enter_lines(
    register: LedgerRegister, id: str, lines: list[dict[str, Any]]
) -> dict[str, list[str]]:
    """Enter all lines in one change, or none; return their numbers.

    Raises:
        UserError: a line cannot be entered; the text says which and why.

    """
    form = register.form(id)
    known = [_read(form, one, n, register.today()) for n, one in enumerate(lines, start=1)]
    numbers = []
    with register.store.change(f"录入{form.title}"):
        for n, said in enumerate(known, start=1):
            try:
                numbers.append(register.enter(id, said).number)
            except UserError as error:
                raise _wrong(n, error.what) from None
    return {"numbers": numbers}


def _read(form: Form, said: Mapping[str, Any], n: int, today: date) -> dict[str, Any]:
    blanks: dict[str, Field] = {}
    for field in form.fields:
        if field.asked and field.kind not in ("photo", "lines"):
            blanks |= {field.label: field, field.key: field}
    if strange := [key for key in said if key not in blanks]:
        names = "、".join(dict.fromkeys(field.key for field in blanks.values()))
        raise _wrong(n, f"没有“{strange[0]}”这个空，能用的是：{names}。")
    found: dict[str, Any] = {}
    for key, value in said.items():
        field = blanks[key]
        if value is None or value == "":
            continue
        try:
            if isinstance(value, list) and field.kind in ("many", "people"):
                value = "、".join(map(str, value))
            if isinstance(value, (dict, list)):
                raise ValueError("写成了一串或者一个对象，应为一个值")
            found[field.key] = read_cell(field, value, today)
        except (ValueError, OverflowError, ArithmeticError) as error:
            raise _wrong(n, f"“{field.label}”{error}。") from None
    return found


def _wrong(n: int, why: str) -> UserError:
    return UserError(f"第{n}条录不进去：{why}", safe=_SAFE, do="请改好文件再录入一次。")
