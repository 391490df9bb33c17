"""Dateline: news pages in, an incident ledger with provenance out."""

__version__ = "0.1.0"
