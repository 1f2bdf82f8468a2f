"""今日: what is due, late and outstanding in the whole school."""

from app.agenda.acts import ActBook
from app.agenda.boarders import Boarders
from app.agenda.chemicals import of_chemicals
from app.agenda.decided import Decided
from app.agenda.dues import Dues, Provider, Turn
from app.agenda.items import Item, When, when_of
from app.agenda.of_town import of_deadline, of_town
from app.agenda.opening import Rooms, open_dues
from app.agenda.register import AgendaRegister
from app.agenda.rulebook import RuleBook
from app.agenda.rules import SETTLED
from app.agenda.wording import often
from app.agenda.years import Years

__all__ = [
    "SETTLED",
    "ActBook",
    "AgendaRegister",
    "Boarders",
    "Decided",
    "Dues",
    "Item",
    "Provider",
    "Rooms",
    "RuleBook",
    "Turn",
    "When",
    "Years",
    "of_chemicals",
    "of_deadline",
    "of_town",
    "often",
    "open_dues",
    "when_of",
]
