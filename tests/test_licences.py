"""Whoever gets the program gets the licence of everything in it."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "build"))
import licences  # noqa: E402


@pytest.mark.parametrize("name", licences.shipped())
def test_a_library_is_named_in_the_notice_and_brings_its_licence(name):
    notice = (ROOT / "NOTICE").read_text("utf-8").lower()
    assert name in notice.replace("_", "-")
    texts = [Path(source) for _, source, _ in licences.of(name)]
    assert texts, "no licence text: put it into build/licences and name it in licences.py"
    assert max(len(text.read_bytes()) for text in texts) > 500


def test_the_folder_gets_the_licences_of_python_and_of_the_systems_libraries():
    library = next(Path("/usr/lib").rglob("libc.so.6"), None)
    places = [place for place, _, _ in licences.entries([("x", str(library), "BINARY")])]
    assert "licenses/python/LICENSE.txt" in places
    assert "licenses/sqlcipher3/SQLCipher.txt" in places
    assert "licenses/pyside6-essentials/LGPL-3.0.txt" in places
    assert len(set(places)) == len(places)
    if library and Path("/usr/bin/dpkg-query").exists():
        assert "licenses/system/libc6.txt" in places
