"""What is known about an article, put together: from who gave it, its page, its address, and its text."""

from dataclasses import replace

from dateline.extractors.page.changed import corrected_in, is_later
from dateline.extractors.page.inferred import changed_in_text, day_of_text, lines_of
from dateline.extractors.page.metadata import About
from dateline.extractors.page.names import authors_in
from dateline.extractors.page.published import published_from
from dateline.extractors.page.said import Said, statement
from dateline.models.article import Article, Source

_BYLINE = 4  # lines from the start of a text, the headline included, one of which may say who wrote it


def tell(article: Article, source: Source, about: About | None = None, html: str | None = None) -> Article:
    """`article` with everything that is known about it, each value with its statement.

    `about` is what its page says, `html` the decoded page; None for a given text. The day that a giver states goes
    before that of the page; a title or an address of the giver is taken where the page has none. Only of an article
    that was read is the text asked.
    """
    month_first = about.month_first if about else None
    text = article.text if article.result == "read" else ""
    title = (about and about.title) or _given("title", source.title)
    publisher = about.publisher if about else None
    url = (about and about.url) or _given("url", source.url)
    language = _language(article.language, about)
    stated = _given("published", source.published) or (about.published if about else None)
    published = _dated(stated, text, month_first)
    updated = about.updated if about else _updated(text, published)
    corrected = _corrected(text, month_first)
    authors = (about.authors if about else ()) or _authors(text)
    told = {
        "title": title,
        "publisher": publisher,
        "url": url,
        "language": language,
        "published": published,
        "updated": updated,
        "corrected": corrected,
    }
    statements = [statement(name, said, html) for name, said in told.items() if said]
    return replace(
        article,
        title=_value(title),
        publisher=_value(publisher),
        url=_value(url),
        published=_value(published),
        published_from=published_from(published) if published else None,
        updated=_value(updated),
        corrected=_value(corrected),
        authors=tuple(said.value for said in authors),
        about=(*statements, *(statement("authors", said, html) for said in authors)),
    )


def _value(said: Said | None) -> str | None:
    return said.value if said else None


def _given(name: str, value: str | None) -> Said | None:
    words = (" ".join(value.split()) if name == "title" else value) if value else ""
    return Said(value=words, rule=f"page.{name}.given", quote=words, where="given") if words else None


def _dated(published: Said | None, text: str, month_first: bool | None) -> Said | None:
    """The day the text tells, where nothing else gives one and it is in the month that is given, if any is."""
    if published and len(published.value) > len("2014-06") and not published.inferred:
        return published
    found = day_of_text(text, month_first=month_first)
    fits = found and (not published or published.inferred or found.value.startswith(published.value))
    return found if fits else published


def _language(code: str | None, about: About | None) -> Said | None:
    """The language that the text is in by its words, with the page's word for it where it says the same."""
    stated = about.language if about else None
    if not code or (stated and stated.value == code):
        return stated if code else None
    return Said(value=code, rule="page.language.words", quote="", where="text", inferred=True)


def _updated(text: str, published: Said | None) -> Said | None:
    """The day on which a given text says that it was changed, unless that was before it was published."""
    changed = changed_in_text(text)
    return changed if changed and is_later(changed, published) else None


def _corrected(text: str, month_first: bool | None) -> Said | None:
    """The day of the last note of a correction in a text."""
    last = None
    for start, words in lines_of(text):
        if found := corrected_in(words, month_first=month_first):
            iso, begin, end = found
            place = start + begin, start + end
            last = Said(value=iso, rule="page.corrected.note", quote=words[begin:end], where="text", place=place)
    return last


def _authors(text: str) -> tuple[Said, ...]:
    """The names in the first byline at the head of a text."""
    for start, words in lines_of(text, _BYLINE):
        if found := authors_in(words):
            places = [(start + words.index(name), start + words.index(name) + len(name)) for name in found]
            return tuple(
                Said(value=name, rule="page.author.line", quote=name, where="text", place=place)
                for name, place in zip(found, places, strict=True)
            )
    return ()
