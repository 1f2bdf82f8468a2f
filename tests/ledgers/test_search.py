from app.ledgers.page import LedgersPage
from app.ui.page import Page
from app.ui.subpages import Subpage, Subpages


class Plain(Page):
    title, help_text = "样子", "这一页没有什么要说的。"


def test_a_room_the_school_has_no_use_for_is_still_found_by_the_search(
    user, qtbot, store, ledgers, papers
):
    def go():
        led.append(pages.page("chemicals"))

    led = []
    hidden = Subpage("危化品", "chemicals", Plain, hidden=True)
    first = LedgersPage(ledgers, papers=papers, beside={"危化品": go})
    pages = Subpages([Subpage("台账", "ledgers", lambda: first), hidden])
    user.opens(pages)
    bar = pages._bar
    assert [bar.isTabVisible(n) for n in range(bar.count())] == [True, False]
    assert not user.sees_button("危化品")
    user.types("whp", into=first._search)
    user.waits_for("危化品")
    user.clicks("危化品")
    assert led and pages.current() is led[0] and bar.isTabVisible(1)
