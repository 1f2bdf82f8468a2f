"""今日: what is due, late and outstanding in the whole school."""

from app.agenda.boarders import Boarders
from app.agenda.items import Item, When
from app.agenda.register import AgendaRegister
from app.agenda.years import Years

__all__ = ["AgendaRegister", "Boarders", "Item", "When", "Years"]
