"""The small questions of the hour: a call, a report that went out, the end, who stays on record."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.incidents.register import IncidentRegister
from app.incidents.rules import Turn
from app.incidents.standing import Hour, Phone
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

WAYS = ("传真", "送达", "微信", "邮箱", "平台", "其他")


def ask_call(
    parent: QWidget, register: IncidentRegister, hour: Hour, phone: Phone | None, people: Any
) -> FormEditor:
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

    return _opened(FormEditor(form, save, parent, given, sources=_sources(register, people)))


def ask_report(parent: QWidget, register: IncidentRegister, hour: Hour, people: Any) -> FormEditor:
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
    return _opened(
        FormEditor(form, save, parent, given, sources=_sources(register, people), title=title)
    )


def ask_end(parent: QWidget, register: IncidentRegister, hour: Hour) -> FormEditor:
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
    editor = FormEditor(form, save, parent, given, sources=_sources(register, tuple), word="办结")
    return _opened(editor)


def ask_known(parent: QWidget, register: IncidentRegister, hour: Hour) -> FormEditor:
    """Ask when it really was known; the countdowns follow."""
    form = Form(
        "incident_known",
        "更正知悉时间",
        (Field("known_at", "知悉时间", "moment", required=True),),
    )

    def save(said: dict[str, Any]) -> None:
        register.correct_known(hour.incident.uid, said["known_at"], seen=hour.incident.rev)

    given = {"known_at": hour.incident.known_at}
    return _opened(FormEditor(form, save, parent, given, sources=_sources(register, tuple)))


def ask_keep(parent: QWidget, register: IncidentRegister, hour: Hour) -> FormEditor:
    """Ask why those concerned must stay on record."""
    form = Form(
        "incident_keep",
        "留存个人信息",
        (Field("because", "留存理由", "long", required=True),),
    )

    def save(said: dict[str, Any]) -> None:
        register.aftermath.keep(hour.incident.uid, said["because"])

    return _opened(FormEditor(form, save, parent))


def _minute(register: IncidentRegister) -> Any:
    return register.now().replace(second=0, microsecond=0)


def _sources(register: IncidentRegister, people: Any) -> Sources:
    return Sources(lists={"person": people}, today=register.today)


def _opened(editor: FormEditor) -> FormEditor:
    editor.open()
    return editor
