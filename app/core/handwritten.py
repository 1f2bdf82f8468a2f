"""Files somebody wrote by hand or made to do harm: TOML and JSON, every fault said in one way."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

MOST_DOTS = 200  # in one line


class NotJson(Exception):  # noqa: N818 - becomes the middle of a UserError's sentence
    """Why a file cannot be used, in words that fit after its name."""


def read_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text says.

    Raises:
        tomllib.TOMLDecodeError: it is none, nests without end, or holds a number without end.

    """
    if is_tangled(text):
        raise tomllib.TOMLDecodeError("keys within keys within keys")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError):
        raise tomllib.TOMLDecodeError("too deep, or a number too long") from None


def is_tangled(text: str) -> bool:
    """Say whether keys stand within keys within keys: nobody writes so, and it takes minutes."""
    return any(line.count(".") > MOST_DOTS for line in text.split("\n"))


def read_json(path: Path) -> Any:
    """Return what a JSON file holds; every text of it can be kept and shown.

    Raises:
        NotJson: it cannot be read, is none, nests without end, or holds half a character.

    """
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
        json.dumps(said, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise NotJson(f"第{error.lineno}行的写法不对，不是JSON") from None
    except UnicodeEncodeError:
        raise NotJson("里有半个字符") from None
    except (OSError, UnicodeDecodeError):
        raise NotJson("读不出来，或者没有存成UTF-8编码") from None
    except (RecursionError, ValueError):
        raise NotJson("写法太绕或者数字太长") from None
    return said
