"""Two chapters of the manual that are read off the code: every message, every command."""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.core.pinyin import search_text  # noqa: E402

APP = ROOT / "app"
ERRORS = frozenset(
    {"UserError", "StrangeCodeError", "LostKeys", "DamagedCopy", "Damaged", "Refused"}
)
_HANZI = re.compile("[\u4e00-\u9fff]")
_FIRST = 6  # characters that give a message its place
GAP = "…"  # stands for what is named when it happens
# The heading a file's messages stand under, by the beginning of its path below app/.
PARTS = (
    ("hazard", "隐患台账"), ("drill", "演练日历"), ("calendar", "校历"), ("student", "学生关注"),
    ("boarding", "学生关注"), ("letter", "家长信"), ("duty", "值班排班"), ("duties", "值班排班"),
    ("people", "教职工"), ("roster", "值班排班"), ("post_", "值班排班"),
    ("meeting", "会议和教育"), ("agenda", "今日和规则"), ("ledger", "其他台账"),
    ("chemical", "危化品"), ("incident", "突发事件"),
    ("handover/town", "镇级汇总"), ("town", "镇级汇总"), ("handover/answers", "回执包"),
    ("handover", "报送"), ("report", "报送"), ("privacy", "个人信息"),
    ("core/sheets", "导入表格"), ("core/import", "导入表格"), ("core/scans", "扫描件"),
    ("core/paper", "打印"), ("core/form", "表格文件"), ("core/plainforms", "表格文件"),
    ("core/photos", "照片和附件"), ("core/store", "口令、备份和数据文件"), ("ui", "窗口"),
)  # fmt: skip
REST, TYPED = "打开、关闭和保存", "命令"
_TERMINAL = ("cli.py", "commands.py", "command_words.py")


@dataclass(frozen=True)
class Message:
    """One message as it may be read: what happened, what is safe, what to do."""

    part: str
    what: str
    safe: str
    do: str


def messages() -> str:
    """Return the chapter of every message of the program, by the place one meets it in."""
    found = sorted(
        set(every_message()),
        key=lambda one: (_order(one.part), _said(one.what), one.what, one.safe, one.do),
    )
    lines = [
        "# 常见提示",
        "",
        "屏幕上的提示都在这里。每一条都说：出了什么事，什么是安全的，您该做什么。",
        "",
        "找一条：把提示里的几个字，打在左上角“在手册里找”，只留下有这几个字的几条；整句打进去也行。"
        "印在纸上的，按在哪里遇到分段，一段里按第一个字的拼音排；“…”是当时才知道的名字、日期或者"
        "数目，排的时候不算。",
    ]
    part = ""
    for one in found:
        if one.part != part:
            part = one.part
            lines += ["", f"## {part}", "", "| 提示 | 放心 | 怎么办 |", "|---|---|---|"]
        lines.append("| " + " | ".join(map(_cell, (one.what, one.safe, one.do))) + " |")
    return "\n".join(lines) + "\n"


def every_message() -> Iterator[Message]:
    """Yield each message that the code can raise."""
    for path in sorted(APP.rglob("*.py")):
        reading = _reading(".".join(path.relative_to(ROOT).with_suffix("").parts))
        part = _part(path.relative_to(APP).as_posix())
        for call, scope in reading.raised():
            said = {word.arg: word.value for word in call.keywords}
            safe = _first(reading.texts(said.get("safe"), scope))
            do = _first(reading.texts(said.get("do"), scope))
            for what in reading.texts(call.args[0], scope) if call.args else ():
                if not _HANZI.search(what):
                    continue  # several faults in one sentence: each is worded where it is found
                yield Message(part, what, safe, do)


def unworded() -> Iterator[str]:
    """Yield each place, as file and expression, whose message could not be read off the code."""
    for path in sorted(APP.rglob("*.py")):
        reading = _reading(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for call, scope in reading.raised():
            texts = reading.texts(call.args[0], scope) if call.args else []
            if not any(text.strip(f"{GAP}。") for text in texts):
                words = ast.unparse(call.args[0]) if call.args else ""
                if words.endswith(".what"):
                    continue  # another message, with more to it
                yield f"{path.relative_to(APP).as_posix()}: {words}"


def commands() -> str:
    """Return the chapter of every command, as the parser knows it."""
    from app import cli

    top = cli._parser()
    lines = [
        "# 全部命令",
        "",
        "不开窗口也能做同样的事：Windows 用 `xiaoan-cli.exe`，Linux 用 `xiaoan-cli`，"
        "源代码里用 `python main.py`。后面加 `--help` 看写法，加 `--json` 只输出一个 JSON；"
        "谁在用、口令是什么，从环境变量 `XIAOAN_USER`、`XIAOAN_PASSWORD` 读，没有就当场问。",
        "",
        "| 命令 | 做什么 |",
        "|---|---|",
    ]
    for words, help in _commands(top, ""):
        code = words.replace("|", "\\|")  # else it would end the cell
        lines.append(f"| `{code}` | {_cell(help)} |")
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser, before: str) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, below in action.choices.items():
            words = f"{before}{name}"
            inner = list(_commands(below, f"{words} "))
            if inner:
                yield from inner
            else:
                yield f"{words}{_arguments(below)}", helps.get(name, "")


def _arguments(parser: argparse.ArgumentParser) -> str:
    said = []
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        word = str(action.metavar or action.dest).upper().strip("()'")
        if not action.option_strings:
            said.append(word if action.nargs not in ("*", "?") else f"[{word}]")
        elif action.required:
            said.append(f"{action.option_strings[0]} {word}")
        elif action.nargs == 0:
            said.append(f"[{action.option_strings[0]}]")
        else:
            said.append(f"[{action.option_strings[0]} {word}]")
    return "".join(f" {one}" for one in said)


@cache
def _reading(module: str) -> _Reading:
    """Read a module of the program by its dotted name."""
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return _Reading(ast.parse(file.read_text("utf-8")))


class _Reading:
    """The words of one file: constants by name, and what each function adds up."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._names = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        self._imported = {
            name.asname or name.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.")
            for name in node.names
        }
        self._functions = {
            node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
        }

    def raised(self) -> Iterator[tuple[ast.Call, ast.AST]]:
        """Yield each call that makes a message, with the function it stands in."""
        inside: dict[ast.Call, ast.AST] = {}
        for scope in (self._tree, *self._functions.values()):
            for node in ast.walk(scope):
                if isinstance(node, ast.Call) and _name(node.func) in ERRORS:
                    inside[node] = scope
        yield from inside.items()

    def texts(self, node: ast.AST | None, scope: ast.AST, deep: int = 0) -> list[str]:
        """Return what an expression may say; [] where only the moment knows."""
        if deep > 6:
            return []
        match node:
            case ast.Constant(value=str(text)):
                return [text] if text else []
            case ast.JoinedStr(values=[ast.FormattedValue(value=inner), ast.Constant(value=end)]):
                return [f"{text}{end}" for text in self.texts(inner, scope, deep + 1) or [GAP]]
            case ast.JoinedStr():
                return [self._filled(node)]
            case ast.Starred():
                return self.texts(node.value, scope, deep)
            case ast.IfExp():
                both = (node.body, node.orelse)
                return [text for one in both for text in self.texts(one, scope, deep + 1)]
            case ast.BoolOp() | ast.List() | ast.Tuple():
                parts = node.values if isinstance(node, ast.BoolOp) else node.elts
                return [text for one in parts for text in self.texts(one, scope, deep + 1)]
            case ast.BinOp(op=ast.Add()):
                left = self.texts(node.left, scope, deep + 1) or [GAP]
                right = self.texts(node.right, scope, deep + 1) or [GAP]
                return [a + b for a in left for b in right]
            case ast.Name():
                return self._named(node.id, scope, deep)
            case ast.Call():
                return self._called(node, scope, deep)
            case ast.ListComp() | ast.GeneratorExp():
                iters = [one.iter for one in node.generators]
                if said := self.texts(node.elt, scope, deep + 1):
                    return said
                return [text for one in iters for text in self.texts(one, scope, deep + 1)]
            case ast.Dict():
                return [text for one in node.values for text in self.texts(one, scope, deep + 1)]
        return []

    def _filled(self, node: ast.JoinedStr) -> str:
        said = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                said.append(str(part.value))
            else:
                known = isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name)
                value = self._names.get(part.value.id) if known else None
                is_plain = isinstance(value, ast.Constant)
                said.append(str(value.value) if is_plain else GAP)
        return re.sub(f"{GAP}+", GAP, "".join(said))

    def _named(self, name: str, scope: ast.AST, deep: int) -> list[str]:
        if name in self._names:
            return self.texts(self._names[name], scope, deep + 1)
        if name in self._imported:
            return _reading(self._imported[name]).constant(name, deep)
        found = self._given(name, scope, deep)
        for node in ast.walk(scope):
            if name in map(_name, _targets(node)):
                found += self.texts(node.value, scope, deep + 1)
            adds = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if adds and node.func.attr in ("append", "extend") and _name(node.func.value) == name:
                found += [text for one in node.args for text in self.texts(one, scope, deep + 1)]
        return found

    def _given(self, name: str, scope: ast.AST, deep: int) -> list[str]:
        """Read what the callers of a function give it under this name."""
        if not isinstance(scope, ast.FunctionDef):
            return []
        places = [one.arg for one in scope.args.args if one.arg != "self"]
        found = []
        for around in (self._tree, *self._functions.values()):
            for node in ast.walk(around):
                if not isinstance(node, ast.Call) or _name(node.func) != scope.name:
                    continue
                given = [word.value for word in node.keywords if word.arg == name]
                if name in places and places.index(name) < len(node.args):
                    given.append(node.args[places.index(name)])
                found += [text for one in given for text in self.texts(one, around, deep + 1)]
        return list(dict.fromkeys(found))

    def _called(self, node: ast.Call, scope: ast.AST, deep: int) -> list[str]:
        """Read a join of faults, a table of sentences, or the function that words them."""
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("join", "fromkeys"):
            return self.texts(node.args[0], scope, deep) if node.args else []
        if isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            read = (node.func.value, *node.args[1:])
            return [text for one in read for text in self.texts(one, scope, deep + 1)]
        if _name(node.func) == "show":
            return []  # a value as it reads
        return self.worded(_name(node.func), deep)

    def constant(self, name: str, deep: int) -> list[str]:
        """Return what stands under a name that another file takes from here."""
        if name in self._names or name in self._imported:
            return self._named(name, self._tree, deep + 1)
        return []

    def worded(self, name: str, deep: int) -> list[str]:
        """Return what a function known here by this name returns or yields."""
        if name in self._imported:
            return _reading(self._imported[name]).worded(name, deep)
        function = self._functions.get(name)
        if function is None:
            return []
        said = []
        for inner in ast.walk(function):
            gives = isinstance(inner, ast.Return | ast.Yield | ast.YieldFrom)
            if gives and inner.value is not None:
                said += self.texts(inner.value, function, deep + 1)
        return said


def _targets(node: ast.AST) -> Sequence[ast.AST]:
    """Return what an assignment gives a value to."""
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) else []


def _name(node: ast.AST) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def _first(texts: Sequence[str]) -> str:
    return texts[0] if texts else ""


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "｜").strip()


def _part(path: str) -> str:
    if path.endswith("_commands.py") or path in _TERMINAL:
        return TYPED
    return next((title for start, title in PARTS if path.startswith(start)), REST)


def _order(part: str) -> int:
    titles = [REST, *dict.fromkeys(title for _, title in PARTS), TYPED]
    return titles.index(part)


def _said(what: str) -> str:
    """Return how a message sounds, for its place among others: its first words in pinyin."""
    first = "".join(_HANZI.findall(what))[:_FIRST]
    return search_text(first).split()[1]
