"""What the town's commands do, and the one by which a school takes the town's answer."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.commands import HOLDER, close, open_house, paths_of, who
from app.core.desk import TownFacts, create
from app.core.files import put
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
    }


def take_key(options: Namespace) -> dict[str, Any]:
    """Take the town's key file in, at a school."""
    with open_house(options) as (house, _desk):
        taken = house.town_keys.take(
            options.file, on=house.today(), fingerprint=options.fingerprint
        )
    return {"town": taken.name, "fingerprint": taken.fingerprint}
