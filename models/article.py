"""What is given to be read, and the article found in it."""

from dataclasses import dataclass
from typing import Literal

Result = Literal["read", "empty", "not_article", "failed"]
PublishedFrom = Literal["given", "metadata", "url", "text"]


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a server said when it sent a page: status, headers as they came, and how many redirects led there."""

    status: int
    headers: tuple[tuple[str, str], ...]
    redirects: int = 0

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, kw_only=True)
class Source:
    """One input: bytes of a page or text, or a text that was given, with what the giver knows about it.

    Exactly one of `page` (HTML as bytes), `plain` (a text as bytes, in whatever encoding), `text` and `problem` (why
    there is nothing to read) is set. `charset` is what the HTTP header said. `published` is an ISO day or month.
    `origin` is where the input was found: a file as an absolute path, or a URL. `response` is set where it was fetched.
    `note` is what of the giver's words could not be used; it stands as the reason beside what was read all the same.
    `offset` is where in a WARC file its record begins, in bytes.
    `via` is the source of a collection that it came through. `same` marks a page that the server says has not changed;
    it stands here without its bytes, which the archive has.
    """

    id: str
    page: bytes | None = None
    plain: bytes | None = None
    text: str | None = None
    problem: str | None = None
    charset: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    origin: str | None = None
    response: Response | None = None
    note: str | None = None
    offset: int | None = None
    via: str | None = None
    same: bool = False


@dataclass(frozen=True, kw_only=True)
class Furniture:
    """Something on the page that is not the article: what kind, by which rule, and its words.

    `start` and `stop` are offsets in the decoded page, or in the given text.
    """

    kind: str
    rule: str
    text: str
    start: int
    stop: int


@dataclass(frozen=True, kw_only=True)
class Region:
    """A labelled part of the page that is neither running text nor furniture: a caption, a deck, a pull quote kept.

    `start` and `stop` are offsets in the article's text, null where the words are not in it; `page_start` and
    `page_stop` in the decoded page, null for a given text. All half-open.
    """

    kind: str
    rule: str
    text: str
    start: int | None
    stop: int | None
    page_start: int | None
    page_stop: int | None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Where a value about the article was read: `name` is the record's key ("published", "authors"…).

    `quote` stands at `start:stop` of the decoded page, or of the article's text where `where` is "text"; offsets are
    null where the giver or the address said it. `inferred` marks what nobody states and the text lets us conclude.
    """

    name: str
    value: str
    rule: str
    quote: str
    where: Literal["given", "page", "url", "text"]
    start: int | None
    stop: int | None
    inferred: bool = False


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """How a page's bytes became characters, and what was lost: nothing is lost in silence.

    `encoding_from` says who named the encoding: mark, header, meta, bytes (they are UTF-8), guess. `replaced` counts
    bytes that gave U+FFFD, `unseen` characters that show nothing and were dropped, `reversed` those under a
    right-to-left override. `truncated` names each limit that cut the page, in words.
    """

    size: int
    encoding: str
    encoding_from: Literal["mark", "header", "meta", "bytes", "guess"]
    replaced: int
    unseen: int
    reversed: int
    truncated: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Article:
    """A page or text, cleaned: `text` is headline, blank line, body for a page, and the whole of a given text.

    `published` is an ISO day ("2014-06-12") or month ("2024-03"), to the precision the source gives; `updated` and
    `corrected` likewise. `authors` wrote it, and are kept apart from the people in the story.
    `unread` are the stretches of `text` (half-open) that hold furniture and yield no facts: empty for a page, whose
    furniture is not in `text` at all.
    """

    result: Result
    reason: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    updated: str | None = None
    corrected: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    page: PageFacts | None = None
    about: tuple[Statement, ...] = ()
    text: str = ""
    regions: tuple[Region, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
