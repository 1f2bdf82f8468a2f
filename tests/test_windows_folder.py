"""What may go to a school on Windows: nothing of Wine's, and nothing its Windows cannot load."""

import sys
from dataclasses import replace
from pathlib import Path, PurePath

import pip
import pytest

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "build" / "windows"), str(ROOT / "build")]
import make  # noqa: E402
import needs  # noqa: E402
import pe  # noqa: E402
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


DOUBLE_CLICKED = b"""level="asInvoker" longPathAware Microsoft.Windows.Common-Controls
{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"""
PART = pe.Part(pe.X64, (14, 44), {}, (1, 0, 0, 0), b"")


def _asking(*names, of="SomeFunction"):
    return replace(PART, imports={name: frozenset({of}) for name in names})


@pytest.fixture
def parts():
    """The files of a program that runs, as they were read."""
    program = replace(_asking("kernel32.dll"), resources=DOUBLE_CLICKED)
    inside = {
        "python313.dll": _asking("vcruntime140.dll", "api-ms-win-crt-heap-l1-1-0.dll"),
        "vcruntime140.dll": replace(PART, version=(14, 51, 1, 0)),
        "msvcp140.dll": replace(_asking("vcruntime140.dll"), version=(14, 51, 1, 0)),
        "zxingcpp/zxingcpp.pyd": _asking("msvcp140.dll", "python313.dll"),
        "PySide6/Qt6Core.dll": _asking("icuuc.dll", "msvcp140.dll"),
        "PySide6/QtCore.pyd": _asking("qt6core.dll", "shiboken6.abi3.dll"),
        "PySide6/plugins/platforms/qwindows.dll": _asking("qt6core.dll", "user32.dll"),
        "shiboken6/shiboken6.abi3.dll": _asking("python313.dll"),
    }
    return {PurePath("校安台.exe"): program} | {
        PurePath("_internal", *name.split("/")): part for name, part in inside.items()
    }


def test_a_folder_that_brings_what_it_asks_for_runs(parts):
    assert needs.faults(parts) == []


@pytest.mark.parametrize(
    ("path", "part", "said"),
    [
        ("PIL/a.pyd", _asking("icu.dll"), "要用 icu.dll：这里没有"),
        ("PIL/a.pyd", _asking("api-ms-win-core-memory-l1-1-8.dll"), "这里没有"),
        ("PIL/a.pyd", _asking("qt6core.dll"), "要用 qt6core.dll：这里没有"),
        ("a.pyd", _asking("kernel32.dll", of="GetTempPath2W"), "还没有这个函数"),
        ("a.dll", replace(PART, machine=0x14C), "不是给64位"),
        ("PySide6/MSVCP140.dll", replace(PART, version=(14, 51, 1, 0)), "只能放在 _internal"),
        ("concrt140.dll", replace(PART, version=(14, 50, 1, 0)), "不是同一版"),
        ("a.pyd", replace(PART, linker=(14, 52)), "最新的部分是用 14.52 做的"),
        ("a.exe", PART, "会要管理员密码"),
        ("a.exe", replace(PART, resources=DOUBLE_CLICKED, version=()), "没有版本信息"),
    ],
)
def test_what_would_not_run_at_a_school_is_named(parts, path, part, said):
    parts[PurePath("_internal", *path.split("/"))] = part
    assert any(said in fault for fault in needs.faults(parts))


def test_a_real_program_is_read():
    program = pe.read(Path(pip.__file__).parent / "_vendor" / "distlib" / "t64.exe")
    assert program.machine == pe.X64
    assert "CreateProcessW" in program.imports["kernel32.dll"]
    assert b"asInvoker" in program.resources


@pytest.mark.parametrize("name", ["t32.exe", "__init__.py"])
def test_what_is_no_program_for_64_bits_is_refused(name):
    with pytest.raises(ValueError, match="not"):
        pe.read(Path(pip.__file__).parent / "_vendor" / "distlib" / name)
