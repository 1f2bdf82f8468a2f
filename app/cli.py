"""The same work without a window, for IT support and scripts: parse, call a register, print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from app import (
    agenda_commands,
    calendar_commands,
    commands,
    drill_commands,
    duty_commands,
    handover_commands,
    incident_commands,
    ledger_commands,
    letter_commands,
    report_commands,
    student_commands,
    town_commands,
)
from app.core.errors import UserError
from app.core.founding import KINDS
from app.house import LEVELS

IMPORTS = ("students", "staff", "hazards", "care")
LISTS = (
    *("students", "staff", "hazards", "checks", "risks", "surroundings", "places"),
    *("leaves", "rolls", "stays", "travel", "turns", "drills"),
    *("meetings", "education", "contingencies", "reports"),
    *("duty-log", "safety-log", "patrols", "gates"),
    *("absences", "posts"),
    *("chemicals", "chemical-moves", "chemical-counts"),
)
_YEARS = (1950, 2100)
DONE, REFUSED, WRONG_USE = 0, 1, 2
Work = Callable[[argparse.Namespace], Any]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"命令写得不对。用 --help 看写法。\n{message}", file=sys.stderr)
        sys.exit(WRONG_USE)


def main(words: Sequence[str]) -> int:
    """Do one command; return 0 done, 1 refused. Wrong usage ends with 2."""
    options = _parser().parse_args(words)
    try:
        result = options.work(options)
    except UserError as error:
        return _refuse(options, error)
    except Exception as error:  # our own fault: its message may name a person and is kept back
        return _refuse(options, commands.own_fault(options, error))
    if options.json:
        _print(result)
    else:
        print(_plain(result))
    return DONE if not isinstance(result, dict) or result.get("ok", True) else REFUSED


def _refuse(options: argparse.Namespace, error: UserError) -> int:
    if options.json:
        _print({"error": {"what": error.what, "safe": error.safe, "do": error.do}})
    else:
        said = (error.what, error.safe, error.do)
        print("\n".join(part for part in said if part), file=sys.stderr)
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=Path(sys.argv[0]).name or "main.py", description="校安台：不开窗口也能做的事。"
    )
    parser.add_argument("--store", type=Path, metavar="DIR", help="数据文件夹")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON")
    subs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, work: Work | None, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = subs.add_parser(name, help=help)
        if work is not None:
            made.set_defaults(work=work)
        return made

    init = add("init", commands.init, "建立一所学校的数据")
    for option in ("--school", "--code", "--user"):
        init.add_argument(option, required=True)
    init.add_argument("--kind", required=True, choices=KINDS)
    add("check", commands.check, "检查数据是否完好")
    add("backup", commands.backup, "备份到一个文件夹").add_argument(
        "--to", type=Path, required=True
    )
    add("restore", commands.restore, "从一份备份恢复").add_argument("file", type=Path)
    imports = add("import", commands.bring_in, "导入名册或台账")
    imports.add_argument("what", choices=IMPORTS)
    imports.add_argument("file", type=Path)
    imports.add_argument("--class", dest="class_name", help="没有班级一列时，是哪个班")
    imports.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入")
    listing = add("list", commands.show, "列出名册或台账")
    listing.add_argument("what", metavar="WHAT", help=f"{'、'.join(LISTS)}，或者一本台账的编号")
    listing.set_defaults(rooms=LISTS)
    listing.add_argument("--sealed", action="store_true", help="连同保密栏，会留下记录")
    listing.add_argument("--care", action="store_true", help="只列重点关注的学生，会留下记录")
    _takes_where(listing)
    add("papers", commands.papers, "有哪些表可以打印")
    paper = add("print", commands.print_paper, "把一张表存成 PDF")
    paper.add_argument("id")
    paper.add_argument("--out", type=Path, required=True)
    paper.add_argument("--level", choices=LEVELS, default="")
    _takes_where(paper)
    _add_letters(add("letters", None, "家长信和回执"))
    _add_students(add("students", None, "学年升级和学籍异动"))
    _add_checks(add("checks", None, "录入走完的检查表"))
    _add_hazards(add("hazards", None, "办隐患的一步"))
    _add_drills(add("drills", None, "排演练"))
    _add_ledgers(add)
    _add_reports(add("reports", None, "周报、排查表和总结"))
    _add_incident(add("incident", None, "突发事件的书面报告"))
    _add_calendar(add("calendar", None, "校历：学期、放假、主题日"))
    _add_duty(add("duty", None, "排班"))
    agenda = add("agenda", agenda_commands.agenda, "到期和逾期的事")
    agenda.add_argument("--on", metavar="DATE", help="按哪一天算，不写就是今天")
    agenda.add_argument("--rule", metavar="ID", default="", help="只看这一条规则，一学年的每一期")
    export = add("export", handover_commands.export, "生成交给镇里的数据文件")
    export.add_argument("--out", type=Path, required=True)
    export.add_argument("--from", dest="first", metavar="DATE", help="从哪一天起，不写就是本学年")
    export.add_argument("--to", dest="last", metavar="DATE", help="到哪一天为止")
    export.add_argument("--photos", action="store_true", help="带上隐患照片")
    export.add_argument("--seal", type=Path, metavar="KEYFILE", help="用镇里的钥匙文件密封")
    add("verify", handover_commands.verify, "核对一份数据文件").add_argument("file", type=Path)
    _add_town(add("town", None, "镇级汇总：收各校的数据文件"))
    _add_answer(add("answer", None, "学校收镇里的回执"))
    add("demo", commands.demo, "生成一套样例").add_argument("out", type=Path)
    return parser


def _add_town(town: argparse.ArgumentParser) -> None:
    acts = town.add_subparsers(dest="act", required=True, metavar="init|take|summary|answer|key")
    init = acts.add_parser("init", help="建立镇级汇总的数据")
    for option in ("--name", "--code", "--user"):
        init.add_argument(option, required=True)
    init.set_defaults(work=town_commands.init)
    take = acts.add_parser("take", help="收数据文件，也可以是文件夹")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.set_defaults(work=town_commands.take)
    summary = acts.add_parser("summary", help="一所学校一行，最需要打电话的在前")
    summary.set_defaults(work=town_commands.summary)
    answer = acts.add_parser("answer", help="给每所学校写一个回执包")
    answer.add_argument("--out", type=Path, required=True, metavar="DIR")
    answer.set_defaults(work=town_commands.answer)
    key = acts.add_parser("key", help="写出给学校的公钥文件")
    key.add_argument("--out", type=Path, required=True, metavar="FILE")
    key.set_defaults(work=town_commands.key)


def _add_answer(answer: argparse.ArgumentParser) -> None:
    acts = answer.add_subparsers(dest="act", required=True, metavar="take|key")
    take = acts.add_parser("take", help="收一份回执")
    take.add_argument("file", type=Path)
    take.set_defaults(work=town_commands.take_answer)
    key = acts.add_parser("key", help="收镇里的公钥文件，只要一次")
    key.add_argument("file", type=Path)
    key.add_argument("--fingerprint", default="", help="换镇级公钥时，电话里核对过的十六个字符")
    key.set_defaults(work=town_commands.take_key)


def _add_letters(letters: argparse.ArgumentParser) -> None:
    steps = letters.add_subparsers(dest="step", required=True, metavar="issue|print|receive|…")
    issue = steps.add_parser("issue", help="发一批信")
    issue.add_argument("letter")
    issue.add_argument("--family", action="store_true", help="一家只发一份")
    issue.add_argument(
        "--layout",
        choices=("sheet", "apart", "copier", "half"),
        help="一张纸；回执另一页；信复印、回执四张一页；一张纸两份",
    )
    _takes_where(issue)
    issue.set_defaults(work=letter_commands.issue)
    printing = steps.add_parser("print", help="把一批信存成 PDF")
    printing.add_argument("batch")
    printing.add_argument("--out", type=Path, required=True)
    printing.add_argument("--covers", action="store_true", help="每班的信前面放一张签收单")
    printing.set_defaults(work=letter_commands.print_letters)
    again = steps.add_parser("again", help="再发给没有交回的，信存成 PDF")
    again.add_argument("batch")
    again.add_argument("--out", type=Path, required=True)
    again.add_argument("--due", metavar="DATE", help="几号前收回，不写就和第一次隔的天数一样")
    again.set_defaults(work=letter_commands.send_again)
    receive = steps.add_parser("receive", help="登记收回的回执")
    receive.add_argument("batch")
    receive.add_argument("codes", nargs="+", metavar="CODE")
    receive.set_defaults(work=letter_commands.receive)
    scan = steps.add_parser("scan", help="从扫描件里收回执")
    scan.add_argument("batch")
    scan.add_argument("files", nargs="+", type=Path, metavar="FILE")
    scan.set_defaults(work=letter_commands.scan)
    proof = steps.add_parser("proof", help="一名学生的回执证明存成 PDF")
    proof.add_argument("student", metavar="STUDENT", help="姓名，同名的写班级和姓名")
    proof.add_argument("--out", type=Path, required=True)
    proof.set_defaults(work=letter_commands.prove)
    status = steps.add_parser("status", help="看谁还没有交")
    status.add_argument("batch")
    status.set_defaults(work=letter_commands.status)


def _add_students(students: argparse.ArgumentParser) -> None:
    acts = students.add_subparsers(dest="act", required=True, metavar="promote|leave|move|…")
    promote = acts.add_parser("promote", help="一键升级：全校按平常的办法升到下一学年")
    promote.add_argument("--on", metavar="DATE", help="从哪一天起，不写就是今天")
    promote.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入")
    promote.set_defaults(work=student_commands.promote)
    leave = acts.add_parser("leave", help="转出、休学或毕业")
    leave.add_argument("turn", choices=student_commands.LEAVES, metavar="转出|休学|毕业")
    leave.set_defaults(work=student_commands.leave)
    move = acts.add_parser("move", help="调班；年级不同就是留级或跳级")
    move.set_defaults(work=student_commands.move)
    back = acts.add_parser("back", help="复学、转回")
    back.add_argument("--grade", default="", help="回到复式班时，是哪个年级")
    back.set_defaults(work=student_commands.take_back)
    for act in (leave, move, back):
        act.add_argument("student", metavar="STUDENT", help="姓名，同名的写班级和姓名")
        act.add_argument("--on", metavar="DATE", help="哪一天，不写就是今天")
        act.add_argument("--words", default="", help="去向、原因、说明")
    for act in (move, back):
        act.add_argument("--class", dest="class_name", required=True, metavar="CLASS")


def _add_checks(checks: argparse.ArgumentParser) -> None:
    steps = checks.add_subparsers(dest="step", required=True, metavar="enter")
    enter = steps.add_parser(
        "enter",
        help="录入一次检查，每个×登记成一条隐患",
        description=commands.CHECK_FILE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    enter.add_argument("file", type=Path, metavar="FILE.json")
    enter.set_defaults(work=commands.enter_check)


def _add_hazards(hazards: argparse.ArgumentParser) -> None:
    acts = hazards.add_subparsers(dest="act", required=True, metavar="step|supervise")
    step = acts.add_parser("step", help=f"签一步：{'、'.join(commands.HAZARD_STEPS)}")
    step.add_argument("number", metavar="NUMBER")
    step.add_argument("step", metavar="STEP")
    step.add_argument("--by", required=True, metavar="NAME", help="谁签的")
    step.add_argument("--on", metavar="DATE", help="哪一天，不写就是今天")
    step.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", type=_pair)
    step.set_defaults(work=commands.take_step)
    supervise = acts.add_parser("supervise", help="督办一条隐患：情况、要求、期限")
    supervise.add_argument("number", metavar="NUMBER")
    supervise.add_argument("--by", required=True, metavar="NAME", help="谁督办的")
    supervise.add_argument("--on", metavar="DATE", help="哪一天，不写就是今天")
    supervise.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", type=_pair)
    supervise.set_defaults(work=commands.take_step, step=commands.SUPERVISE)


def _add_drills(drills: argparse.ArgumentParser) -> None:
    acts = drills.add_subparsers(dest="act", required=True, metavar="plan|record")
    record = acts.add_parser(
        "record",
        help="录入一次做完的演练：清点、记录、问题",
        description=drill_commands.DRILL_FILE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    record.add_argument("file", type=Path, metavar="FILE.json")
    record.set_defaults(work=drill_commands.record)
    plan = acts.add_parser("plan", help="自动排一个学期的演练")
    plan.add_argument("--term", default="", metavar="2026-2027-1", help="不写就是本学期")
    plan.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入")
    plan.set_defaults(work=drill_commands.plan)


def _add_ledgers(add: Callable[[str, Work | None, str], argparse.ArgumentParser]) -> None:
    add("ledgers", ledger_commands.ledgers, "有哪些台账，各有多少条")
    enter = add("enter", ledger_commands.enter, "往一本台账里录入")
    enter.description = ledger_commands.LINE_FILE
    enter.formatter_class = argparse.RawDescriptionHelpFormatter
    enter.add_argument("ledger", metavar="LEDGER", help="台账的编号，如 dispute")
    enter.add_argument("file", type=Path, metavar="FILE.json|FILE.xlsx")
    acts = add("ledger", None, "核对一个台账文件").add_subparsers(
        dest="act", required=True, metavar="check"
    )
    check = acts.add_parser("check", help="这个表格文件能不能做成一本台账")
    check.add_argument("file", type=Path, metavar="FILE.toml")
    check.set_defaults(work=ledger_commands.check)


def _add_incident(incident: argparse.ArgumentParser) -> None:
    acts = incident.add_subparsers(dest="act", required=True, metavar="report")
    report = acts.add_parser("report", help="登记文件里写的突发事件，写出书面报告，存成 PDF")
    report.add_argument("file", type=Path, metavar="FILE.json")
    report.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    report.set_defaults(work=incident_commands.report)


def _add_reports(reports: argparse.ArgumentParser) -> None:
    acts = reports.add_subparsers(dest="act", required=True, metavar="write|send")
    write = acts.add_parser("write", help="写一份报告，存成 PDF 或 Word")
    write.add_argument("kind", choices=report_commands.KINDS)
    write.add_argument("--out", type=Path, required=True, metavar="FILE", help=".pdf 或 .docx")
    write.add_argument(
        "--period", default="", help="2026-W42、2026-10、2026、行动名称，不写就是现在这一期"
    )
    write.add_argument("--zero", action="store_true", help="零报告")
    write.add_argument("--reason", default="", help="登记了事件还按零报告报，为什么")
    write.set_defaults(work=report_commands.write)
    send = acts.add_parser("send", help="登记一份报告报出去了")
    send.add_argument("number", metavar="NUMBER")
    send.add_argument("--way", required=True, help="U盘、微信、邮箱、电话、平台、纸质")
    send.add_argument("--to", required=True, help="报给谁")
    send.add_argument("--by", required=True, metavar="NAME", help="报送人")
    send.add_argument("--at", default="", metavar="MOMENT", help="几点报的，不写就是现在")
    send.add_argument("--reason", default="", help="补录原因")
    send.set_defaults(work=report_commands.send)


def _add_calendar(calendar: argparse.ArgumentParser) -> None:
    acts = calendar.add_subparsers(dest="act", required=True, metavar="show|import")
    show = acts.add_parser("show", help="一年里每天是什么日子")
    show.add_argument("year", type=_year, metavar="YEAR")
    show.set_defaults(work=calendar_commands.show)
    bring_in = acts.add_parser("import", help="从一个文件录入一年的放假通知")
    bring_in.add_argument("file", type=Path, metavar="FILE.toml")
    bring_in.add_argument("--dry-run", action="store_true", help="只看会变什么，不写入")
    bring_in.set_defaults(work=calendar_commands.bring_in)


def _add_duty(duty: argparse.ArgumentParser) -> None:
    acts = duty.add_subparsers(dest="act", required=True, metavar="generate|list|explain|…")
    generate = acts.add_parser("generate", help="排一段日子的班：锁定的不动，公布过的尽量少动")
    generate.add_argument("--seed", type=int, default=0, metavar="N", help="同样的数排出同样的表")
    generate.set_defaults(work=duty_commands.generate)
    listing = acts.add_parser("list", help="哪天哪个岗是谁")
    listing.set_defaults(work=duty_commands.show)
    for act in (generate, listing):
        act.add_argument("--from", dest="first", required=True, metavar="DATE")
        act.add_argument("--to", dest="last", required=True, metavar="DATE", help="连这一天")
    explain = acts.add_parser("explain", help="一格为什么是这几位，别人为什么不是，谁能替")
    explain.add_argument("on", metavar="DATE")
    explain.add_argument("post", metavar="POST", help="岗位的名称")
    explain.set_defaults(work=duty_commands.explain)
    check = acts.add_parser("check", help="核对一份做好的值班表，只看不写入")
    check.add_argument("file", type=Path, metavar="FILE.xlsx")
    check.set_defaults(work=duty_commands.check_file)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and _YEARS[0] <= int(text) <= _YEARS[1]):
        raise argparse.ArgumentTypeError(f"年份写成 {_YEARS[0]} 到 {_YEARS[1]}")
    return int(text)


def _takes_where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--where", action="append", default=[], metavar="KEY=VALUE", type=_pair)


def _pair(text: str) -> tuple[str, str]:
    key, found, value = text.partition("=")
    if not found or not key:
        raise argparse.ArgumentTypeError("要写成 KEY=VALUE")
    return key, value


# --- saying it ----------------------------------------------------------------------------------
def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)


def _plain(value: Any) -> str:
    """Say a result to a person: a line a thing."""
    if isinstance(value, list):
        return "\n".join(_plain(row) for row in value) or "没有。"
    if not isinstance(value, dict):
        return str(value)
    return "  ".join(f"{key}: {_short(part)}" for key, part in value.items())


def _short(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(["", *(f"  {_plain(part)}" for part in value)]) if value else "无"
    return _plain(value) if isinstance(value, dict) else "" if value is None else str(value)
