"""What may go to a school on Windows: nothing of Wine's, no stand-in, no version of its own."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "build" / "windows"), str(ROOT / "build")]
import make  # noqa: E402
from wine import STAND_INS  # noqa: E402

from app.core.version import version  # noqa: E402


@pytest.fixture
def folder(tmp_path):
    """A program folder as PyInstaller makes it, clean."""
    inside = tmp_path / "校安台" / "_internal" / "PySide6"
    inside.mkdir(parents=True)
    (inside.parents[1] / "校安台.exe").write_bytes(b"MZ our own")
    (inside / "Qt6Core.dll").write_bytes(b"MZ Qt's")
    (inside / "icudtl.dat").write_bytes(b"data")
    return inside.parents[1]


def test_a_clean_folder_may_go(folder):
    make._refuse_what_is_not_ours(folder)


@pytest.mark.parametrize("name", [*STAND_INS, "ICUUC", "MSCMS"])
def test_no_stand_in_goes_to_a_school(folder, name):
    (folder / "_internal" / f"{name}.dll").write_bytes(b"MZ")
    with pytest.raises(SystemExit, match="替身"):
        make._refuse_what_is_not_ours(folder)


@pytest.mark.parametrize("mark", [b"Wine builtin DLL", b"Wine placeholder DLL"])
@pytest.mark.parametrize("name", ["msvcp140.dll", "a.pyd", "b.exe"])
def test_nothing_of_wines_goes_to_a_school(folder, mark, name):
    (folder / "_internal" / "PySide6" / name).write_bytes(b"MZ".ljust(64, b"\0") + mark)
    with pytest.raises(SystemExit, match="Wine 的文件"):
        make._refuse_what_is_not_ours(folder)


def test_every_stand_in_that_is_compiled_is_one_that_is_looked_for():
    sources = {file.stem for file in (ROOT / "build" / "windows" / "shim").glob("*.c")}
    assert sources == set(STAND_INS)


def test_the_program_files_carry_the_one_version():
    assert make.version() == version()
    assert f"'{version()}'" in make._version_resource()
