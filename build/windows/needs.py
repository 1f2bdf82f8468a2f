"""Whether a program folder runs on a Windows 10 1809 that has nothing but what Microsoft put there.

Wine brings libraries of its own where a school's PC has none, so that a trial under it says
nothing about this: every file is read instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from pe import X64, Part, read

# What every Windows 10 since 1809 has, also N and LTSC, as far as anything of ours asks for it.
SYSTEM = frozenset(
    f"{name}.dll"
    for name in (
        *("advapi32", "authz", "bcrypt", "bcryptprimitives", "comctl32", "comdlg32", "crypt32"),
        *("d3d11", "d3d12", "d3d9", "dwmapi", "dwrite", "dxgi", "gdi32", "icuuc", "imm32"),
        *("iphlpapi", "kernel32", "mpr", "netapi32", "ntdll", "ole32", "oleaut32", "propsys"),
        *("rpcrt4", "secur32", "setupapi", "shell32", "shlwapi", "uiautomationcore", "user32"),
        *("userenv", "uxtheme", "version", "winmm", "ws2_32", "wtsapi32"),
        *("api-ms-win-core-path-l1-1-0", "api-ms-win-core-synch-l1-2-0"),
        *("api-ms-win-core-winrt-error-l1-1-1", "api-ms-win-core-winrt-l1-1-0"),
        *("api-ms-win-core-winrt-string-l1-1-0", "api-ms-win-shcore-scaling-l1-1-1"),
        *("api-ms-win-crt-conio-l1-1-0", "api-ms-win-crt-convert-l1-1-0"),
        *("api-ms-win-crt-environment-l1-1-0", "api-ms-win-crt-filesystem-l1-1-0"),
        *("api-ms-win-crt-heap-l1-1-0", "api-ms-win-crt-locale-l1-1-0"),
        *("api-ms-win-crt-math-l1-1-0", "api-ms-win-crt-process-l1-1-0"),
        *("api-ms-win-crt-runtime-l1-1-0", "api-ms-win-crt-stdio-l1-1-0"),
        *("api-ms-win-crt-string-l1-1-0", "api-ms-win-crt-time-l1-1-0"),
        "api-ms-win-crt-utility-l1-1-0",
    )
) | {"winspool.drv"}
# Functions these libraries have only had since a later Windows: a file that wants one won't load.
NEWER = frozenset(
    (
        *("GetTempPath2A", "GetTempPath2W", "CreateFile3", "GetFileInformationByName"),
        *("GetMachineTypeAttributes", "SetProcessDynamicEHContinuationTargets"),
        *("SetProcessDynamicEnforcedCetCompatibleRanges", "CreateDirectory2W", "DeleteFile2W"),
        *("CreatePseudoConsoleAsUser", "ReleasePseudoConsole", "DiscardVirtualMemory2"),
        *("DwmShowContact2", "IsWindowArranged", "SetAdditionalForegroundBoostProcesses"),
        *("D3D12GetInterface2", "DXGIDisableVBlankVirtualization"),
    )
)
RUNTIME = ("msvcp140", "vcruntime140", "concrt140", "vccorlib140")
INSIDE = PurePath("_internal")
_SHARED = (INSIDE / "PySide6", INSIDE / "shiboken6")  # each looks in the other's folder, too
_ENDINGS = (".exe", ".dll", ".pyd")


def is_runtime(name: str) -> bool:
    """Say whether a file is part of Microsoft's C++ runtime."""
    return name.lower().endswith(".dll") and name.lower().startswith(RUNTIME)


def parts_of(folder: Path) -> dict[PurePath, Part]:
    """Read every program file below a folder."""
    files = (file for file in sorted(folder.rglob("*")) if file.suffix.lower() in _ENDINGS)
    return {file.relative_to(folder): read(file) for file in files}


def faults(parts: Mapping[PurePath, Part]) -> list[str]:
    """Return what would keep these files from running at a school, one sentence each."""
    there = {PurePath(str(path).lower()) for path in parts}
    found: list[str] = []
    for path, part in parts.items():
        if part.machine != X64:
            found.append(f"{path} 不是给64位 Windows 的。")
        lost = [name for name in part.imports if not _is_found(name, path, there)]
        found += [f"{path} 要用 {name}：这里没有，Windows 10 1809 也没有。" for name in lost]
        new = [n for name in SYSTEM & part.imports.keys() for n in NEWER & part.imports[name]]
        found += [f"{path} 要用 {name}：Windows 10 1809 还没有这个函数。" for name in sorted(new)]
        if path.suffix == ".exe":
            found += _faults_of_program(path, part)
    return [*found, *_faults_of_runtime(parts)]


def _is_found(name: str, path: PurePath, there: set[PurePath]) -> bool:
    """Say whether the loader finds a library that ``path`` asks for."""
    if name in SYSTEM:
        return True
    places = [path.parent, INSIDE, *(_SHARED if path.parts[1:2] == ("PySide6",) else ())]
    return any(PurePath(str(place / name).lower()) in there for place in places)


def _faults_of_program(path: PurePath, part: Part) -> Iterator[str]:
    """Yield what Windows would hold against a program that is double-clicked."""
    wanted = {
        b'level="asInvoker"': "会要管理员密码",
        b"{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}": "没有说它认识 Windows 10",
        b"longPathAware": "不认识很长的路径",
        b"Microsoft.Windows.Common-Controls": "没有要新的控件",
    }
    yield from (f"{path} {why}。" for mark, why in wanted.items() if mark not in part.resources)
    if not part.version:
        yield f"{path} 没有版本信息，杀毒软件不放心。"


def _faults_of_runtime(parts: Mapping[PurePath, Part]) -> Iterator[str]:
    """Yield what is wrong with the runtime: one set of one version, found by every file."""
    ours = {path: part.version for path, part in parts.items() if is_runtime(path.name)}
    for path in ours:
        if path.parent != INSIDE:
            yield f"{path}：运行库只能放在 {INSIDE}，不然有的部分找不到它，或者找到两种。"
    if len(set(ours.values())) > 1:
        yield f"运行库不是同一版：{'、'.join(sorted(map(str, ours)))}。"
    newest = max((part.linker for part in parts.values()), default=(0, 0))
    yield from (
        f"{path} 是 {version[0]}.{version[1]} 版，最新的部分是用 {newest[0]}.{newest[1]} 做的。"
        for path, version in ours.items()
        if version[:2] < newest
    )
