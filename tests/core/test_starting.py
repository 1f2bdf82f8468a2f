"""What of a PC may stand in the way: old Windows, a runtime that an antivirus took away."""

import pytest

from app.core import starting
from app.core.errors import UserError


@pytest.mark.parametrize(
    ("build", "is_new_enough"),
    [
        (7601, False),  # Windows 7
        (9600, False),  # Windows 8.1
        (10240, False),  # Windows 10 1507
        (17134, False),  # Windows 10 1803
        (17763, True),  # Windows 10 1809
        (19045, True),  # Windows 10 22H2
        (22631, True),  # Windows 11
    ],
)
def test_windows_is_old_before_1809(build, is_new_enough):
    if is_new_enough:
        starting.refuse_old_windows(build)
        return
    with pytest.raises(UserError, match="Windows 太旧") as refused:
        starting.refuse_old_windows(build)
    assert "1809" in refused.value.do and "没有改动" in refused.value.safe


@pytest.mark.parametrize("lost", [*({name} for name in starting.RUNTIME), set(starting.RUNTIME)])
def test_every_part_of_the_runtime_that_is_gone_is_named(lost):
    with pytest.raises(UserError) as refused:
        starting.refuse_lost_runtime(lambda name: name not in lost)
    assert all(name in refused.value.what for name in lost)
    assert not any(name in refused.value.what for name in set(starting.RUNTIME) - lost)
    assert "杀毒软件" in refused.value.do


def test_a_whole_runtime_is_no_hindrance():
    starting.refuse_lost_runtime(lambda name: True)


def test_a_library_is_looked_for_beside_the_program_first(tmp_path, monkeypatch):
    loaded = []

    def load(place):
        loaded.append(place)
        if place == "msvcp140.dll":
            raise OSError

    monkeypatch.setattr(starting.sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(starting.ctypes, "CDLL", load)
    assert not starting._loads("msvcp140.dll") and loaded == ["msvcp140.dll"]
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "msvcp140.dll").write_bytes(b"")
    assert starting._loads("msvcp140.dll")
    assert loaded[1:] == [str(tmp_path / "PySide6" / "msvcp140.dll")]


def unloadable(library):
    return ImportError(f"{library}: cannot open shared object file: No such file or directory")


@pytest.mark.parametrize(("library", "package"), starting.SYSTEM_PARTS.items())
def test_what_the_desktop_lacks_is_named_with_the_way_to_get_it(library, package):
    said = starting.lost_parts(unloadable(library))
    assert library in said.what and "系统里没有" in said.what
    assert f"sudo apt install {package} " in said.do and "杀毒" not in said.do


def test_what_is_gone_of_our_own_is_named_as_ours():
    said = starting.lost_parts(unloadable("libQt6Core.so.6"))
    assert "程序文件不全" in said.what and "“libQt6Core.so.6”" in said.what
