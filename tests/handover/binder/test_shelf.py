"""The table of what answers each demand on the school, walked through row by row."""

from app import (
    agenda_rooms,
    boarding_rooms,
    chemical_rooms,
    drill_rooms,
    duty_rooms,
    handover_rooms,
    meeting_rooms,
    privacy_rooms,
    rooms,
)

# So many rows each of the five notices has; two numbers that a notice counts by.
ROWS = {"Z0": 40, "Z1": 34, "Z2": 30, "Z3": 58, "Z4": 48}
ROOMS = {"agenda", "hazards", "drills", "students", "letters", "duties", "ledgers", "handover"}
ROOMS |= {*agenda_rooms.ROOMS, *boarding_rooms.ROOMS, *chemical_rooms.ROOMS, *drill_rooms.ROOMS}
ROOMS |= {*duty_rooms.ROOMS, *handover_rooms.ROOMS, *meeting_rooms.ROOMS, *privacy_rooms.ROOMS}
ROOMS |= {*rooms._BEHIND, *rooms._WITH_PUPILS}


def test_every_demand_has_its_place_or_a_reason(empty):
    shelf = empty.binder.shelf
    wanted = [f"{notice}-{n:02}" for notice, count in ROWS.items() for n in range(1, count + 1)]
    assert len(wanted) == 210
    assert list(shelf.answers) == wanted
    items = shelf.items()
    headings = {heading.id for heading in shelf.headings} | set(items)
    for id, answer in shelf.answers.items():
        if answer.heading:
            assert answer.heading in headings, id
            assert not answer.room, id
            is_off = answer.heading in items and items[answer.heading].off
            assert not is_off or "打勾" in answer.reason, f"{id}: usually it is not bound"
        else:
            assert answer.reason, id
        assert not answer.reason or answer.reason.endswith("。"), id
        if answer.room:
            assert answer.room in ROOMS, id


def test_every_paper_is_bound_or_left_out_for_a_reason(empty):
    shelf = empty.binder.shelf
    there = {form.id for form in empty.printable()} | {"gang_clue", "recovery", "letter_proof"}
    bound, left = set(shelf.items()), set(shelf.left_out)
    assert bound & left == set()
    ledgers = {id for id in empty.ledgers.papers if id.removesuffix("_slip") in empty.ledgers.forms}
    assert there - bound - left <= ledgers, "a ledger that is not named stands by its group"
    assert bound | left <= there
    assert all(shelf.left_out.values())
    every = [item.id for heading in shelf.headings for item in heading.items]
    assert len(every) == len(set(every)), "a paper stands behind two headings"


def test_what_the_table_says_of_a_paper_its_rows_have(full):
    shelf = full.binder.shelf
    papers = {form.id: form for form in full.printable()}
    for item in shelf.items().values():
        rows = full.view(papers[item.id].source)({})
        for key in filter(None, (item.day, item.end, *item.only[:1])):
            assert not rows or key in rows[0], (item.id, key)
        assert not item.of or item.of in shelf.items(), item.id
        if item.like:
            assert item.like in shelf.items(), item.id
            assert not rows or "number" in rows[0], item.id
