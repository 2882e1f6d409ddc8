"""The demonstration: the real convention; an invented ledger, invented people and their files."""
