"""The small questions of the hour: a call, a report that went out, the end, who stays on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.incidents.records import IncidentTask
from app.incidents.register import IncidentRegister
from app.incidents.rules import Turn
from app.incidents.sheet_dialog import ActSheet
from app.incidents.standing import Hour, Phone
from app.incidents.tasks import USUAL
from app.ui.blanks import Sources

Names = Callable[[], Sequence[str]]
WAYS = ("传真", "送达", "微信", "邮箱", "平台", "其他")


def ask_call(
    parent: QWidget,
    register: IncidentRegister,
    hour: Hour,
    phone: Phone | None,
    people: Names,
) -> ActSheet:
    """Ask who answered and what they said; the minute is there already."""
    form = Form(
        "incident_call",
        "记一通电话",
        (
            Field("unit", "打给", required=True, width=60),
            Field("called_at", "通话时间", "moment", required=True),
            Field("is_report", "是向上级报告", "yesno", required=True),
            Field("answered_by", "接听人"),
            Field("caller", "打电话的人", "person"),
            Field("answer", "对方怎么答复", "long"),
        ),
    )
    given: dict[str, Any] = {"called_at": _minute(register), "caller": register.store.sitter.name}
    if phone is not None:
        given |= {"unit": phone.unit, "is_report": phone.is_report}
        given["answered_by"] = phone.name or None

    def save(said: dict[str, Any]) -> None:
        register.calls.enter(hour.incident.uid, **(said | {"caller": said["caller"] or ""}))

    about = phone.unit if phone is not None else ""
    return _open(form, save, parent, given, register, hour, people=people, about=about)


def ask_report(parent: QWidget, register: IncidentRegister, hour: Hour, people: Names) -> ActSheet:
    """Ask when, how and to whom a report went out; a later one asks for what is new."""
    is_first = not hour.reports
    fields = [
        Field("sent_at", "报出时间", "moment", required=True),
        Field("way", "方式", "choice", required=True, choices=WAYS),
        Field("recipient", "报给", required=True, width=60),
        Field("signer", "签发人", "person", required=True),
    ]
    if not is_first:
        kinds = (str(Turn.FURTHER), str(Turn.LAST))
        fields.insert(0, Field("kind", "哪一种", "choice", required=True, choices=kinds))
        fields.append(Field("body", "新的情况", "long", required=True))
    form = Form("incident_sent", "登记报出", tuple(fields))
    words = register.shown(hour)
    last = hour.reports[-1] if hour.reports else None
    given = {
        "sent_at": _minute(register),
        "recipient": (last.recipient if last else words["recipient"]) or None,
        "signer": (last.signer if last else words["signer"]) or None,
    }

    def save(said: dict[str, Any]) -> None:
        kind = Turn(said.pop("kind", str(Turn.FIRST)))
        register.reports.send(hour.incident.uid, kind=kind, **said)

    title = "书面报告（初报）已经报出" if is_first else "续报、终报已经报出"
    return _open(form, save, parent, given, register, hour, people=people, title=title)


def ask_end(parent: QWidget, register: IncidentRegister, hour: Hour) -> ActSheet:
    """Ask how it ended, and what is done for those concerned."""
    form = Form(
        "incident_end",
        "突发事件办结",
        (
            Field("on", "办结日期", "date", required=True),
            Field("result", "处理结果", "long", required=True),
            Field("aftercare", "善后（心理辅导、家属、复课、整改）", "long"),
        ),
    )

    def save(said: dict[str, Any]) -> None:
        register.close(hour.incident.uid, **said)

    given = {
        "on": register.today(),
        "result": hour.incident.result,
        "aftercare": hour.incident.aftercare,
    }
    return _open(form, save, parent, given, register, hour, word="办结")


def ask_known(parent: QWidget, register: IncidentRegister, hour: Hour) -> ActSheet:
    """Ask when it really was known; the countdowns follow."""
    form = Form(
        "incident_known",
        "更正知悉时间",
        (Field("known_at", "知悉时间", "moment", required=True),),
    )

    def save(said: dict[str, Any]) -> None:
        register.correct_known(hour.incident.uid, said["known_at"], seen=hour.incident.rev)

    given = {"known_at": hour.incident.known_at}
    return _open(form, save, parent, given, register, hour)


def ask_keep(parent: QWidget, register: IncidentRegister, hour: Hour) -> ActSheet:
    """Ask why those concerned must stay on record."""
    form = Form(
        "incident_keep",
        "留存个人信息",
        (Field("because", "留存理由", "long", required=True),),
    )

    def save(said: dict[str, Any]) -> None:
        register.aftermath.keep(hour.incident.uid, said["because"])

    return _open(form, save, parent, {}, register, hour)


def ask_task(parent: QWidget, register: IncidentRegister, hour: Hour, people: Names) -> ActSheet:
    """Ask what is still to be done, by whom, until when."""
    form = Form(
        "incident_task",
        "善后的事",
        (
            Field("what", "做什么", required=True, width=60),
            Field("owner", "谁来做", "person", required=True),
            Field("due_on", "最迟哪天", "date", required=True),
        ),
    )

    def save(said: dict[str, Any]) -> None:
        register.tasks.enter(hour.incident.uid, **said)

    return _open(form, save, parent, {}, register, hour, people=people)


def ask_done(
    parent: QWidget, register: IncidentRegister, hour: Hour, task: IncidentTask
) -> ActSheet:
    """Ask when a task was done, and what came of it."""
    form = Form(
        "incident_task_done",
        f"做好了：{task.what}",
        (
            Field("on", "哪天做好的", "date", required=True),
            Field("outcome", "结果", "long"),
        ),
    )

    def save(said: dict[str, Any]) -> None:
        register.tasks.finish(task.uid, **said)

    given = {"on": register.today()}
    return _open(form, save, parent, given, register, hour, about=task.uid, title="善后的事做好了")


def _minute(register: IncidentRegister) -> Any:
    return register.now().replace(second=0, microsecond=0)


def _open(
    form: Form,
    save: Callable[[dict[str, Any]], Any],
    parent: QWidget,
    given: Mapping[str, Any],
    register: IncidentRegister,
    hour: Hour,
    *,
    people: Names = tuple,
    **more: str,
) -> ActSheet:
    lists: dict[str, Any] = {"person": people, "what": lambda: USUAL}
    sources = Sources(lists=lists, today=register.today)
    sheet = ActSheet(
        form, save, parent, given, register=register, uid=hour.incident.uid, sources=sources, **more
    )
    sheet.open()
    return sheet
