"""The proof sheet of one pupil: every letter sent home, every receipt, and who spoke to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import WITH_VOID, Blobs, Store
from app.core.values import show
from app.core.views import Row
from app.letters import lines
from app.letters.lines import ReceiptLine
from app.letters.records import LetterBatch, LetterReceipt, Status
from app.students import Pupil, StudentRegister, find_pupil

Contacts = Callable[[str], Sequence[Row]]


class ProofDesk:
    """Proof sheets, also years later and of pupils who have left; a 班主任 sees the own class.

    ``contacts`` gives the visits and calls of a pupil, newest last, as rows of ``on``, ``kind``,
    ``what`` and ``by``; other rooms know them.
    """

    def __init__(self, store: Store, students: StudentRegister, today: Callable[[], date]) -> None:
        self._store = store
        self._students = students
        self._today = today
        self.contacts: Contacts = lambda uid: ()

    def pupils(self) -> list[Pupil]:
        """Return everybody a sheet can be made for, those who have left included.

        Raises:
            UserError: the role may not see receipts.

        """
        self._store.sitter.demand(Right.RECEIVE)
        return self._students.pupils(everybody=True)

    def find(self, text: str) -> str:
        """Return the uid of the pupil of this uid, name, class and name, or class, seat and name.

        Raises:
            UserError: there is none, or several answer to it; they are named.

        """
        return find_pupil(self.pupils(), text, safe="没有打印任何内容。").uid

    def sheet(self, student_uid: str, *, letter: str = "") -> Row:
        """Return what the proof sheet of a pupil says; whoever lets it out says so by ``printed``.

        With ``letter`` it tells of letters of that kind alone.

        Raises:
            UserError: the role may not, or it is another class's pupil.

        """
        pupil = next((one for one in self.pupils() if one.uid == student_uid), None)
        if pupil is None:
            raise UserError(
                "没有这名学生，或者不是您班上的。", safe="没有打印任何内容。", do="请另选一名。"
            )
        with self._store.read() as session:
            sent = [
                (batch, line)
                for batch, line in _sent_to(session, student_uid)
                if letter in ("", batch.letter)
            ]
            pictures, without = self._pictures(session, sent)
        back = sum(line.status is Status.BACK for _, line in sent)
        asked = sum(batch.has_receipt for batch, _ in sent)
        return {
            "name": pupil.name,
            "class_name": pupil.class_name,
            "place": pupil.status,
            "guardians": _guardians(pupil),
            "counts": f"发信 {len(sent)} 次，应收回执 {asked} 份，收回 {back} 份",
            "letters": [_letter(batch, line) for batch, line in sent],
            "is_back": back > 0,
            "last_is_back": bool(sent) and sent[-1][1].status is Status.BACK,
            "contacts": list(self.contacts(student_uid)),
            "pictures": pictures,
            "without": without,
            "prepared": f"{self._store.sitter.name}　{show(self._today())}",
        }

    def signed(self, student_uid: str, since: date) -> list[bytes]:
        """Return the pictures of this pupil's receipts of letters issued since a day.

        Raises:
            UserError: the role may not, or it is another class's pupil.

        """
        if student_uid not in {pupil.uid for pupil in self.pupils()}:
            raise UserError("没有这名学生，或者不是您班上的。", do="请另选一名。")
        wanted = (
            select(LetterReceipt.image)
            .join(LetterBatch, LetterBatch.id == LetterReceipt.batch_id)
            .where(LetterReceipt.student_uid == student_uid, LetterReceipt.image.is_not(None))
            .where(LetterReceipt.status == Status.BACK, LetterBatch.issued_on >= since)
            .order_by(LetterBatch.issued_on, LetterReceipt.id)
        )
        with self._store.read() as session:
            kept = [Blobs(self._store).get(image) for image in session.scalars(wanted) if image]
        return [data for data in kept if data is not None]

    def printed(self, student_uid: str, how: str = "打印") -> None:
        """Have it written down that the sheet of a pupil was printed or saved."""
        self._store.note(f"{how}：家长信回执证明", about=student_uid)

    def _pictures(
        self, session: Session, sent: Sequence[tuple[LetterBatch, ReceiptLine]]
    ) -> tuple[list[Row], str]:
        wanted = select(LetterReceipt.uid, LetterReceipt.image).where(
            LetterReceipt.uid.in_([line.uid for _, line in sent])
        )
        images = {uid: image for uid, image in session.execute(wanted) if image}
        kept, pictures = Blobs(self._store), []
        for batch, line in sent:
            data = kept.get(images[line.uid]) if line.uid in images else None
            if data is not None:
                said = f"{batch.title} {line.paper}　收回 {show(line.returned_on)}"
                pictures.append({"caption": said, "picture": data})
        missing = [
            line.paper
            for batch, line in sent
            if batch.has_receipt and line.status is Status.BACK and line.uid not in images
        ]
        if missing:
            return pictures, f"没有存图像、请找纸质回执的：{'、'.join(missing)}。"
        return pictures, "收回的回执都有图像。" if pictures else "没有存过回执图像。"


def _sent_to(session: Session, student_uid: str) -> list[tuple[LetterBatch, ReceiptLine]]:
    """Return every letter a pupil was sent, the oldest first."""
    mine = select(LetterReceipt.uid, LetterBatch).join(
        LetterBatch, LetterBatch.id == LetterReceipt.batch_id
    )
    rows = session.execute(
        mine.where(LetterReceipt.student_uid == student_uid, LetterReceipt.void_reason.is_(None))
        .order_by(LetterBatch.issued_on, LetterBatch.id)
        .execution_options(**WITH_VOID)
    ).all()
    by_uid = {line.uid: line for line in lines.receipt_lines(session, uids=[r[0] for r in rows])}
    return [(batch, by_uid[uid]) for uid, batch in rows]


def _letter(batch: LetterBatch, line: ReceiptLine) -> Row:
    return {
        "title": f"{batch.title}（{batch.version}版）{_again(line)}",
        "issued_on": batch.issued_on,
        "code": line.paper if batch.has_receipt else "",
        "delivered": "、".join(line.delivered),
        "standing": _standing(line) if batch.has_receipt else "不用交回执",
        "signed": "，".join(filter(None, (line.signer, line.relation))),
        "box": line.box,
    }


def _again(line: ReceiptLine) -> str:
    days = (date.fromisoformat(day) for day in line.again)
    return "".join(f"，{day.month}月{day.day}日再发" for day in days)


def _standing(line: ReceiptLine) -> str:
    if line.status is Status.BACK:
        by = f"，{line.received_by}收" if line.received_by else ""
        return f"{show(line.returned_on)}收回{by}"
    return f"{line.status}：{line.note}" if line.note else str(line.status)


def _guardians(pupil: Pupil) -> str:
    pairs = ((pupil.guardian1, pupil.relation1), (pupil.guardian2, pupil.relation2))
    return "；".join(f"{name}{f'（{kin}）' if kin else ''}" for name, kin in pairs if name)
