"""Every ledger that ships: opened, filled in, printed, exported and read back."""

from io import BytesIO

import pypdfium2
import pytest

from app.core.forms import load_forms
from app.core.imports import Fate
from app.core.paper import Context, print_paper
from app.core.sheets import write_xlsx
from app.core.sheets.book import Limits
from app.core.sheets.child import read
from app.core.store import Store
from app.ledgers import LedgerRegister
from app.ledgers.importing import plan_lines
from app.ledgers.lines import blank_row
from app.ledgers.lines_page import LinesPage
from app.ledgers.papers import slip_id
from app.ui.papers import Papers
from tests.conftest import KEY
from tests.ledgers.conftest import NOW, ROOT, STAFF
from tests.ledgers.filled import filled

FORMS, FAULTS = load_forms(ROOT / "forms/ledgers")
PLAIN = {id: form for id, form in FORMS.items() if form.plain}
GROUPS = {"门卫", "食堂", "设备与人员", "场所", "人与事", "制度与责任"}
FACTS = {"has_canteen", "has_bus", "has_special", "has_extinguishers", "has_monitors"}
FACTS |= {"has_alarm", "boards"}
CONTEXT = Context("青石镇中心小学", "内部")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One school for all of them: no ledger hears of another."""
    made = Store(tmp_path_factory.mktemp("school") / "xiaoan.db", KEY, now=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def ledgers(store):
    return LedgerRegister(store, FORMS.values(), now=lambda: NOW, staff=lambda: STAFF)


@pytest.fixture(params=sorted(PLAIN))
def form(request):
    return PLAIN[request.param]


def text_of(data):
    with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_all_ship_whole_and_stand_in_the_known_groups():
    assert FAULTS == []
    assert len(PLAIN) >= 40
    assert {form.group for form in PLAIN.values()} == GROUPS
    assert {fact for form in PLAIN.values() for fact in form.needs} <= FACTS
    assert len({form.number for form in PLAIN.values()}) == len(PLAIN)


def test_it_is_filled_in_and_ended_as_its_form_says(ledgers, form):
    line = ledgers.enter(form.id, filled(form, NOW))
    assert line.number.startswith(f"{form.number}-20")
    found = ledgers.get(line.uid, opened=True)
    said = filled(form, NOW)
    assert {key: found[key] for key in said} == {key: said[key] or None for key in said}
    if form.closing:
        assert found.status == form.open
        ended = filled(form, NOW, ended=True)
        ledgers.close(line.uid, {key: ended[key] for key in form.closing})
        assert ledgers.get(line.uid).status == form.closed
        assert form.id not in {due.form.id for due in ledgers.due()}
    ledgers.void(line.uid, "登记错了")


def test_it_is_printed_filled_in_and_blank(ledgers, form):
    if form.sealed:
        assert form.id not in ledgers.papers
        return
    line = ledgers.enter(form.id, filled(form, NOW))
    rows = ledgers.views[form.id]({})
    paper = ledgers.papers[form.id]
    said = text_of(print_paper(paper, rows, CONTEXT).data)
    assert form.title in said
    assert rows[0]["number"] in said.replace("\r\n", "").replace("\n", "")
    assert print_paper(paper, [], CONTEXT).pages == 1
    if form.slips:
        slip = ledgers.papers[slip_id(form.id)]
        assert form.slip_title in text_of(print_paper(slip, rows, CONTEXT).data)
        blanks = [blank_row(form)] * form.slips
        assert print_paper(slip, blanks, CONTEXT).pages == 1
    ledgers.void(line.uid, "登记错了")


def test_what_is_exported_is_read_back_as_it_was(user, store, ledgers, form):
    for n in (1, 2):
        ledgers.enter(form.id, filled(form, NOW, n=n))
    papers = Papers(ledgers.papers, lambda form, words: CONTEXT)
    page = user.opens(LinesPage(ledgers, form, papers=papers, memory=store))
    assert len(user.reads_table()) == 2
    columns = page._sheet()
    lines = ledgers.lines(form.id, opened=True)
    rows = [[column.value(line) for column in columns] for line in lines]
    titles = [(column.title, column.width) for column in columns]
    data = write_xlsx(form.title, titles, rows)
    plan = plan_lines(ledgers, form.id, read(data, "台账.xlsx", Limits()))
    assert [line.fate for line in plan.lines] == [Fate.UNCHANGED] * 2, plan.problems


def test_only_what_the_town_may_have_goes_to_it(ledgers, form):
    ledgers.enter(form.id, filled(form, NOW))
    row, *_ = ledgers.for_the_town(form.id, NOW.date().replace(year=2000), NOW.date())
    assert set(row) == {"uid", "rev", "on", "number", "status", "told"}
    given = [form.field(key) for key in row["told"]]
    assert all(field.town and field.sensitive <= 1 for field in given)
    assert all(field.kind not in ("text", "long", "person", "people") for field in given)
