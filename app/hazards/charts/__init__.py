"""Statistics of the ledger: key figures and bars, each of which leads to what it counts."""
