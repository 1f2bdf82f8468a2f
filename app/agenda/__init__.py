"""今日: what is due, late and outstanding in the whole school."""

from app.agenda.register import AgendaRegister, Item, When

__all__ = ["AgendaRegister", "Item", "When"]
