"""The binder for inspections (迎检档案册): all ledgers and papers of a span in one PDF."""
