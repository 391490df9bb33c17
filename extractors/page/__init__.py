"""The page: bytes to clean article text, its furniture set aside and listed."""

from dateline.models.article import Article, Source


def read_page(source: Source) -> Article:
    """The article of a page given as bytes (`source.page`)."""
    return Article(result="empty", reason="pages are not read yet", url=source.url, title=source.title)


def read_text(source: Source) -> Article:
    """The article of a given text, which stays whole: furniture is marked and not read."""
    text = source.text or ""
    if not text.strip():
        return Article(result="empty", reason="there is no text", url=source.url, title=source.title)
    return Article(
        result="read",
        url=source.url,
        title=source.title,
        published=source.published,
        published_from="given" if source.published else None,
        text=text,
    )
