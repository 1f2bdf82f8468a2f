from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.errors import UserError
from app.core.store import Blobs
from app.core.store.blobs import MOST_BYTES
from tests.core.store.toy import actions

JPEG = b"\xff\xd8\xff\xe0" + b"rail" * 100
PNG = b"\x89PNG\r\n\x1a\n" + b"stairs"
PDF = b"%PDF-1.7 scan"


@pytest.fixture
def blobs(store):
    return Blobs(store)


def test_the_bytes_come_back_by_their_hash_and_are_kept_once(blobs, store):
    name = blobs.keep(JPEG, kind="image/jpeg")
    assert name == sha256(JPEG).hexdigest()
    assert blobs.keep(JPEG, kind="image/jpeg") == name
    assert blobs.get(name) == JPEG
    assert blobs.get("0" * 64) is None
    with store.read() as session:
        assert session.scalar(text("SELECT count(*) FROM blob")) == 1


def test_a_photo_joins_the_change_it_belongs_to(blobs, store):
    with pytest.raises(ZeroDivisionError), store.change("登记隐患"):
        name = blobs.keep(PNG, kind="image/png")
        1 / 0  # noqa: B018
    assert blobs.get(name) is None
    assert actions(store) == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "image/jpeg"),
        (PNG, "image/jpeg"),
        (b"<svg onload='x'/>", "image/png"),
        (b"MZ\x90", "application/pdf"),
    ],
)
def test_what_is_not_what_it_says_is_refused(blobs, data, kind):
    with pytest.raises(UserError, match="不是照片"):
        blobs.keep(data, kind=kind)


def test_the_largest_photo_is_20_mb(blobs):
    longest = JPEG.ljust(MOST_BYTES, b"x")
    assert blobs.get(blobs.keep(longest, kind="image/jpeg")) == longest
    with pytest.raises(UserError, match="最多20 MB"):
        blobs.keep(longest + b"x", kind="image/jpeg")


def test_a_scan_may_be_a_pdf(blobs):
    assert blobs.get(blobs.keep(PDF, kind="application/pdf")) == PDF


def test_a_kept_picture_is_never_changed(blobs, store):
    from app.core.store.blobs import Blob

    name = blobs.keep(JPEG, kind="image/jpeg")
    with pytest.raises(IntegrityError, match="never changed"), store.change("x") as session:
        session.get(Blob, name).bytes = PNG
    assert blobs.get(name) == JPEG
