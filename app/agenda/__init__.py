"""今日: what is due, late and outstanding in the whole school."""

from app.agenda.acts import ActBook
from app.agenda.boarders import Boarders
from app.agenda.dues import Dues
from app.agenda.items import Item, When
from app.agenda.register import AgendaRegister
from app.agenda.rulebook import RuleBook
from app.agenda.years import Years

__all__ = [
    "ActBook",
    "AgendaRegister",
    "Boarders",
    "Dues",
    "Item",
    "RuleBook",
    "When",
    "Years",
]
