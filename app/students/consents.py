"""What the guardian of a pupil said to the use of personal data, as the roster shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.core.forms import Form

BASIS = "个人信息保护法第13条第一款第三项"


@dataclass(frozen=True)
class Consent:
    """How it stands with one pupil: 已同意, 不同意, 已撤回 or 未交; how and when it was said."""

    state: str
    on: date | None = None
    how: str = ""

    @property
    def is_given(self) -> bool:
        """Whether the guardian agrees."""
        return self.state == "已同意"


NOT_SAID = Consent("未交")


class Consents(Protocol):
    """Where consents are kept; the roster shows them and lets one be entered."""

    def all(self) -> Mapping[str, Consent]:
        """Return what is known, by pupil; who is not in it has said nothing."""

    def say(
        self,
        student_uid: str,
        *,
        answer: str,
        said_on: date,
        said_by: str | None = None,
        way: str | None = None,
        note: str | None = None,
    ) -> None:
        """Enter what a guardian said otherwise than by the receipt."""


def reminder(form: Form) -> str:
    """Say which blanks may be filled in without a consent: those the law asks the school for."""
    named = "、".join(field.label for field in form.fields if field.duty)
    return (
        f"监护人没有同意以前，只登记法律要求学校掌握的几项：{named}；其他的先空着。"
        f"依据：{BASIS}（履行法定职责所必需）。"
    )
