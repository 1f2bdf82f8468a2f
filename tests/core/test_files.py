from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.files import put
from tests.core.store.forks import no_file_longer_than, on_unix


def test_a_file_is_there_whole_and_nothing_beside_it(tmp_path):
    put(tmp_path / "new" / "台账.pdf", b"%PDF-1.7")
    put(tmp_path / "new" / "台账.pdf", b"%PDF-1.7 again")
    (only,) = (tmp_path / "new").iterdir()
    assert only.read_bytes() == b"%PDF-1.7 again"


@on_unix
def test_a_full_disk_leaves_the_older_file_and_no_half_one(tmp_path):
    path = tmp_path / "台账.pdf"
    put(path, b"old")
    with no_file_longer_than(1000), pytest.raises(UserError) as refusal:
        put(path, bytes(5000))
    assert refusal.value.what == "文件“台账.pdf”没有存上：这个位置写不进去。"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@on_unix
@pytest.mark.parametrize("place", ["/proc/台账.pdf", "/dev/null/台账.pdf"])
def test_a_place_that_takes_no_files(place):
    with pytest.raises(UserError, match="写不进去"):
        put(Path(place), b"x")
