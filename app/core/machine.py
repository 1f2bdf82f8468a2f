"""What this PC remembers for its user before anything is unlocked; nothing of it is secret."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.core.errors import UserError
from app.core.files import put


@dataclass(frozen=True)
class Memory:
    """Where the data lies, how large the type is, and who opened it last (an id, not a name)."""

    data: str = ""
    size: str = "中"
    user: str = ""
    opened_at: str = ""


def recall(file: Path) -> Memory:
    """Read what was remembered; a missing or damaged file is an empty memory."""
    try:
        found = json.loads(file.read_bytes())
        known = {name: found[name] for name in asdict(Memory()) if name in found}
    except (OSError, ValueError, TypeError, RecursionError):
        return Memory()
    if not all(isinstance(value, str) for value in known.values()):
        return Memory()
    return Memory(**known)


def remember(file: Path, **facts: str) -> None:
    """Remember some facts beside the others; where that is not possible, work goes on."""
    with suppress(UserError):
        memory = replace(recall(file), **facts)
        put(file, json.dumps(asdict(memory), ensure_ascii=False, indent=1).encode())
