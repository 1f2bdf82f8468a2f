"""The one place that keeps: everything a room needs of it comes through this door."""

from app.core.store.blobs import Blobs
from app.core.store.bulk import Bulk, declare_index, write_in_bulk
from app.core.store.journal import Action, Change
from app.core.store.lots import in_lots
from app.core.store.records import WITH_VOID, Exact, Record
from app.core.store.store import Store

__all__ = [
    "WITH_VOID",
    "Action",
    "Blobs",
    "Bulk",
    "Change",
    "Exact",
    "Record",
    "Store",
    "declare_index",
    "in_lots",
    "write_in_bulk",
]
