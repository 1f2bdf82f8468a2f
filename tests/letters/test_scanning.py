"""Receipts scanned back: real letters of ours, signed, spoiled, read and booked."""

import io
from datetime import date

import pytest
from PIL import Image

from app.core.store import Blobs
from app.letters import ScanFate, Status
from app.letters.records import LetterReceipt
from tests.letters.papers import as_pdf, blank, scan, sheets_of, sign


@pytest.fixture
def batch(letters):
    return letters.issue("防溺水", due_on=date(2026, 10, 19)).code


def _image(store, line):
    receipt = store.get(LetterReceipt, line.uid)
    return Image.open(io.BytesIO(Blobs(store).get(receipt.image)))


def test_a_pdf_of_signed_letters_comes_back_as_receipts_with_their_pictures(
    store, letters, batch, tmp_path
):
    lines = letters.receipts(batch)
    sheets = [sign(sheet) for sheet in sheets_of(letters.print_letters(batch))[:4]]
    pages = scan([*sheets, blank()], "mid")
    file = as_pdf(pages, tmp_path / "扫描.pdf")
    steps = []
    stack = letters.scans.read(batch, [file], step=lambda *at: steps.append(at))

    assert (stack.pages, stack.empty, stack.unread, stack.faults) == (5, 1, [], [])
    assert [v.fate for v in stack.verdicts] == [ScanFate.MATCHED] * 4
    assert steps[-1] == (5, 5, "扫描.pdf")
    assert all(line.status is Status.OUT for line in letters.receipts(batch))  # nothing yet

    assert letters.scans.book(stack) == 4
    back = letters.receipts(batch)[:5]
    assert [line.status for line in back] == [Status.BACK] * 4 + [Status.OUT]
    assert (back[0].way, back[0].received_by) == ("扫描件", "张老师")
    picture = _image(store, lines[2])
    assert picture.mode == "L" and picture.width > 2 * picture.height * 0.8

    assert store.undo() == "扫描件收回执"
    assert all(line.status is Status.OUT for line in letters.receipts(batch))
    assert not any(line.has_image for line in letters.receipts(batch))
