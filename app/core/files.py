"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from app.core.errors import UserError


def put(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, have the disk keep it, and move it in.

    Raises:
        UserError: the place cannot be written to or is full; an older file there is untouched.

    """
    half = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise UserError(
            f"文件“{path.name}”没有存上：这个位置写不进去。",
            safe="原来的文件和校安台里的记录都没有变。",
            do="请看看磁盘是否已满、是否写保护，文件是否正被别的程序打开，再换个位置试一次。",
        ) from error
