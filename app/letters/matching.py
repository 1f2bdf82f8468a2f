"""What a scanned code turns out to be: plain rules, values in and values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import UserError
from app.letters.codes import StrangeCodeError, is_ours, read_code, school_of


class ScanFate(StrEnum):
    """What becomes of one scanned receipt."""

    MATCHED = "对上了"
    ALREADY = "早已交过"
    AGAIN = "重复的"
    OTHER_BATCH = "别的批次"
    OTHER_CLASS = "别的班"
    OTHER_SCHOOL = "别的学校"
    UNKNOWN = "没有发过"


FOREIGN = frozenset(
    {ScanFate.OTHER_BATCH, ScanFate.OTHER_CLASS, ScanFate.OTHER_SCHOOL, ScanFate.UNKNOWN}
)


@dataclass(frozen=True)
class Seen:
    """A code that was read, and the page it stood on."""

    text: str
    file: str
    page: int

    @property
    def place(self) -> str:
        """Where it was, for a person who looks for the paper."""
        return f"“{self.file}”第{self.page}页"


@dataclass(frozen=True)
class Known:
    """A receipt as the school has it; ``gone`` says how its pupil left, empty if here."""

    uid: str
    batch: str
    title: str
    class_uid: str
    class_name: str
    name: str
    is_back: bool = False
    has_image: bool = False
    is_void: bool = False
    gone: str = ""
    seat_no: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What one scanned code is, in a sentence.

    ``uid`` names the receipt; ``keeps`` says that its picture is to be kept.
    """

    seen: Seen
    fate: ScanFate
    sentence: str
    uid: str = ""
    batch: str = ""
    keeps: bool = False
    has_left: bool = False

    @property
    def is_news(self) -> bool:
        """Say whether somebody should read the sentence."""
        return self.fate is not ScanFate.MATCHED or self.has_left


def match(
    seen: Sequence[Seen],
    *,
    batch: str,
    school: str,
    marks: Mapping[str, str],
    only_class: str | None,
    known: Mapping[str, Known],
) -> list[Verdict]:
    """Say of each code what it is; ``known`` has the school's receipts by their codes.

    ``marks`` has the school's code by batch, as it was when the batch was sent. A code that comes
    twice is taken the first time. The receipt of a pupil who has left counts like any other, and
    that is said.
    """
    first: dict[str, Seen] = {}
    verdicts = []
    for one in seen:
        strange = Verdict(
            one, ScanFate.OTHER_SCHOOL, f"{one.place}不是本校发的回执，请交还给发信的学校。"
        )
        if not is_ours(one.text, school=school, marks=marks):
            verdicts.append(strange)
            continue
        try:
            code = str(read_code(one.text, school=school, marks=marks))
        except UserError as error:
            if isinstance(error, StrangeCodeError) and not school_of(one.text):
                verdicts.append(strange)  # nobody has typed it: the bars say what was printed
                continue
            verdicts.append(Verdict(one, ScanFate.UNKNOWN, f"{one.place}：{error.what}{error.do}"))
            continue
        verdicts.append(
            _match_one(one, code, known.get(code), first, batch=batch, only_class=only_class)
        )
    return verdicts


def _match_one(
    seen: Seen,
    code: str,
    receipt: Known | None,
    first: dict[str, Seen],
    *,
    batch: str,
    only_class: str | None,
) -> Verdict:
    if receipt is None:
        sentence = f"{seen.place}：没有发过编号是 {code} 的回执。请看看是不是本校的。"
        return Verdict(seen, ScanFate.UNKNOWN, sentence)
    if receipt.is_void:
        sentence = f"{seen.place}：编号 {code} 的那批信已经撤销，不用再收。"
        return Verdict(seen, ScanFate.UNKNOWN, sentence)
    if only_class not in (None, receipt.class_uid):
        sentence = f"{seen.place}是{receipt.class_name}的回执，请交给那个班的班主任。"
        return Verdict(seen, ScanFate.OTHER_CLASS, sentence)
    seat = "" if receipt.seat_no is None else f" {receipt.seat_no}号"
    who = f"{receipt.class_name}{seat} {receipt.name}"
    if code in first:
        sentence = f"{who}：{seen.place}和{first[code].place}是同一张回执，只收前面那一张。"
        return Verdict(seen, ScanFate.AGAIN, sentence, receipt.uid, receipt.batch)
    first[code] = seen
    fate, sentence, keeps = _standing(seen, receipt, who, batch)
    return Verdict(
        seen, fate, sentence + _gone(receipt), receipt.uid, receipt.batch, keeps, bool(receipt.gone)
    )


def _standing(seen: Seen, receipt: Known, who: str, batch: str) -> tuple[ScanFate, str, bool]:
    if receipt.is_back and receipt.has_image:
        said = "早已交过，图像也存过。这一张可能是复印件，没有再存。"
        return ScanFate.ALREADY, f"{who}的回执{said}", False
    if receipt.batch != batch:
        sentence = f"{who}：{seen.place}是“{receipt.title}”（{receipt.batch}）那一批的回执。"
        return ScanFate.OTHER_BATCH, sentence, True
    if receipt.is_back:
        return ScanFate.ALREADY, f"{who}的回执早已交过，这次补上图像。", True
    return ScanFate.MATCHED, f"{who}的回执对上了。", True


def _gone(receipt: Known) -> str:
    return f"这名学生已经{receipt.gone}，照样记在这批信里。" if receipt.gone else ""
