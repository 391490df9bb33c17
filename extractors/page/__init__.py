"""The page: bytes to clean article text, its furniture set aside and listed."""

from dateline.extractors.page.article import read_page, read_text

__all__ = ["read_page", "read_text"]
