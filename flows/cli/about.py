"""What is known about an article and its page, in words: where its dates come from, what was lost, what it left out."""

from collections import defaultdict
from collections.abc import Iterator

from dateline.models.article import Article, PageFacts, Statement

_FROM = {
    "given": "as given",
    "metadata": "from the page's metadata",
    "url": "from its address",
    "text": "from its text",
}
_NAMED = {
    "mark": "its byte order mark says so",
    "header": "the HTTP header says so",
    "meta": "the page says so",
    "bytes": "its bytes are that",
    "guess": "a guess from its bytes",
}
_DATES = ("updated", "corrected")


def about_lines(article: Article) -> Iterator[tuple[str, str]]:
    """Label and words of each thing that is known; the publication date always, and why it is not known."""
    stated = {statement.name: statement for statement in reversed(article.about)}  # the first of each name
    if article.publisher:
        yield "publisher", article.publisher
    if article.authors:
        yield "by", "; ".join(article.authors)
    if article.published:
        origin = _FROM.get(article.published_from or "")
        yield "published", _with_source(article.published, origin, stated.get("published"))
    else:
        yield "published", "not known: dates like “Wednesday” stay open"
    for name in _DATES:
        if value := getattr(article, name):
            yield name, _with_source(value, None, stated.get(name))
    if article.page:
        yield "page", f"{article.page.size:,} bytes in {article.page.encoding} ({_NAMED[article.page.encoding_from]})"
        yield from (("trouble", words) for words in trouble(article.page))


def _with_source(value: str, origin: str | None, statement: Statement | None) -> str:
    """A date, and where it was read: "2014-06-12, from its text: “June 12” (inferred; page.published.text)"."""
    words = f"{value}, {origin}" if origin else value
    if statement is None:
        return words
    quote = " ".join(statement.quote.split())
    inferred = "inferred, nobody says so; " if statement.inferred else ""
    return f"{words}: “{quote}” ({inferred}{statement.rule})"


def trouble(page: PageFacts) -> Iterator[str]:
    """What of a page could not be read, or is not as it was sent, a sentence each."""
    if page.replaced:
        yield f"{_count(page.replaced, 'byte')} could not be read (\N{REPLACEMENT CHARACTER} in the text)"
    if page.unseen:
        yield f"{_count(page.unseen, 'character')} dropped, where nothing shows"
    if page.reversed:
        yield f"{_count(page.reversed, 'character')} under a right-to-left override, read as shown"
    yield from (f"cut: {limit}" for limit in page.truncated)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def beside_lines(article: Article, *, every: bool) -> Iterator[tuple[str, str, str]]:
    """What stands on the page beside the text, by kind in the order of the page: heading, kind, words. Of each kind one
    line, with how many there are; with `every` each piece, with its rule and where it begins on the page."""
    for heading, pieces in (
        ("beside the text", [(one.kind, one.rule, one.text, one.page_start) for one in article.regions]),
        ("set aside as furniture", [(one.kind, one.rule, one.text, one.start) for one in article.furniture]),
    ):
        kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind, rule, text, place in pieces:
            at = "" if place is None else f" at {place:,}"
            kinds[kind].append((" ".join(text.split()), f"{rule}{at}"))
        for kind, found in kinds.items():
            if every:
                yield from ((heading, kind, f"{words}  ({rule})") for words, rule in found)
            else:
                yield heading, f"{kind} ×{len(found)}" if len(found) > 1 else kind, found[0][0]
