"""What the town's commands do, and the one by which a school takes the town's answer."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import HOLDER, close, open_house, paths_of, who
from app.core.desk import TownFacts, create
from app.core.files import put
from app.handover.answers.rules import unknown
from app.handover.town.taking import ALREADY, REFUSED, TAKEN
from app.house import House


def init(options: Namespace) -> dict[str, Any]:
    """Make the data of an office that takes in files, in an empty or missing folder."""
    user, password = who(options.user, is_new=True)
    desk, recovery_code = create(
        paths_of(options),
        TownFacts(options.name, options.code),
        user,
        password,
        holder=HOLDER,
        after=lambda desk: House(desk.store, desk.paths).make_town_keys(),
    )
    town = desk.settings.get("school.name")
    close(desk)
    return {"town": town, "recovery_code": recovery_code}


def take(options: Namespace) -> dict[str, Any]:
    """Take in files of schools; what is refused changes nothing and is named with its reason."""
    with open_house(options) as (house, _desk):
        outcomes = house.town.take(options.files)
    refused = [
        {"file": str(one.path), "code": one.code, "message": one.message}
        for one in outcomes
        if one.how == REFUSED
    ]
    return {
        "taken": sum(one.how == TAKEN for one in outcomes),
        "already": sum(one.how == ALREADY for one in outcomes),
        "refused": refused,
    }


def summary(options: Namespace) -> list[dict[str, Any]]:
    """Return one line a school, who needs a call first."""
    with open_house(options) as (house, _desk):
        house.town.demand_town()
        return house.town.views["summary"]({})


def answer(options: Namespace) -> list[dict[str, Any]]:
    """Write an answer file for each school."""
    with open_house(options) as (house, _desk):
        house.town.demand_town()
        made = house.verdicts.write(options.out)
    return [{"school": one.school, "file": str(one.path), "lines": one.lines} for one in made]


def key(options: Namespace) -> dict[str, Any]:
    """Write the key file for the schools."""
    with open_house(options) as (house, _desk):
        house.town.demand_town()
        put(options.out, house.town_keys.file())
        return {"file": str(options.out), "fingerprint": house.town_keys.own().fingerprint}


def take_answer(options: Namespace) -> dict[str, Any]:
    """Take the town's answer in, at a school."""
    with open_house(options) as (house, _desk):
        taken = house.answers.take(options.file)
    return {
        "town": taken.town,
        "already": taken.is_old,
        "files": taken.received,
        "lines": dict(taken.counts),
        "unknown": unknown(taken.counts),
    }


def take_key(options: Namespace) -> dict[str, Any]:
    """Take the town's key file in, at a school."""
    with open_house(options) as (house, _desk):
        taken = house.town_keys.take(
            options.file, on=house.today(), fingerprint=options.fingerprint
        )
    return {"town": taken.name, "fingerprint": taken.fingerprint}


def words(add: Add) -> None:
    """Add what these commands are called."""
    town = add("town", None, "镇级汇总：收各校的数据文件")
    acts = town.add_subparsers(dest="act", required=True, metavar="init|take|summary|answer|key")
    to_init = acts.add_parser("init", help="建立镇级汇总的数据")
    for option in ("--name", "--code", "--user"):
        to_init.add_argument(option, required=True)
    to_init.set_defaults(work=init)
    to_take = acts.add_parser("take", help="收数据文件，也可以是文件夹")
    to_take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    to_take.set_defaults(work=take)
    to_summary = acts.add_parser("summary", help="一所学校一行，最需要打电话的在前")
    to_summary.set_defaults(work=summary)
    to_answer = acts.add_parser("answer", help="给每所学校写一个回执包")
    to_answer.add_argument("--out", type=Path, required=True, metavar="DIR")
    to_answer.set_defaults(work=answer)
    to_key = acts.add_parser("key", help="写出给学校的公钥文件")
    to_key.add_argument("--out", type=Path, required=True, metavar="FILE")
    to_key.set_defaults(work=key)
    _answer_words(add("answer", None, "学校收镇里的回执"))


def _answer_words(answer: argparse.ArgumentParser) -> None:
    acts = answer.add_subparsers(dest="act", required=True, metavar="take|key")
    to_take = acts.add_parser("take", help="收一份回执")
    to_take.add_argument("file", type=Path)
    to_take.set_defaults(work=take_answer)
    to_key = acts.add_parser("key", help="收镇里的公钥文件，只要一次")
    to_key.add_argument("file", type=Path)
    to_key.add_argument("--fingerprint", default="", help="换镇级公钥时，电话里核对过的十六个字符")
    to_key.set_defaults(work=take_key)
