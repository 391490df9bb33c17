"""The lines that a page prints around its headline, and what on a page is not its article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from dateline.extractors.page.characters import shown

_WORDS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "pre", "blockquote", "figcaption")
_PARTS = (
    "div",
    "section",
    "article",
    "aside",
    "figure",
    "header",
    "footer",
    "nav",
    "main",
    "form",
    "address",
    "center",
)
_BLOCKS = (*_WORDS, *_PARTS, "ul", "ol", "dl", "table", "tbody", "tr")
_BELOW = 40  # lines below the headline: deck, byline, share buttons, a picture's caption
_PROSE = 120  # characters of a paragraph of the story
_STORY = 2  # paragraphs of it that may stand above its byline: the deck, a caption
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ABOVE = 6  # lines above the headline
_PIECES = 400  # tags of a block that are looked at; lines that say who wrote and when have a dozen
_DEEP = 64  # elements that hold one another, as far as they are looked at
_ASIDE_NAME = re.compile(
    r"comment|related|sidebar|widget|(?<!post-)(?<!entry-)(?<!article-)footer|recent|popular|recommend|most-read"
    r"|trending|promo|teaser|(?<!v)card|copyright|archive"
)
_CLOSE = re.compile(r" ([,.;:])(?=\s|$)")  # "Jane Roe , Example News"

Piece = tuple[HtmlElement, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A block of a page: the element, its words with white space folded, and the pieces that its markup parts them in,
    each with the element it stands in."""

    element: HtmlElement
    words: str
    pieces: tuple[Piece, ...] = ()


def lines_about(headline: HtmlElement) -> list[Line]:
    """The lines below a headline, to where the story is under way; where none of them names a year, the few above it
    too, the nearest first."""
    home = frozenset(headline.iterancestors())
    found = []
    prose = 0
    for line in islice(_lines(_following(headline)), _BELOW):
        prose += len(line.words) >= _PROSE
        if prose > _STORY:
            break
        found.append(line)
    if not any(_YEAR.search(line.words) for line in found):
        found += islice(_above(headline), _ABOVE)
    return [line for line in found if not is_aside(line.element, home)]


def is_aside(element: HtmlElement, home: frozenset[HtmlElement] = frozenset()) -> bool:
    """Whether the element stands in something that is not the article: a list of others, comments, the page's foot.
    `home`: what the headline stands in, and the article therefore."""
    for above in islice(chain((element,), element.iterancestors()), _DEEP):
        if above in home:
            return False
        if above.tag in ("aside", "footer", "nav"):
            return True
        names = f"{above.get('class') or ''} {above.get('id') or ''}".lower().split()
        if above.tag in ("body", "html", "article", "main") or "hentry" in names:
            return False
        # WordPress writes the article's own topics into its classes: "category-popular" is no box of popular stories.
        if any(_ASIDE_NAME.search(name) for name in names if not name.startswith(("category-", "tag-"))):
            return True
    return False


def pieces_of(element: HtmlElement) -> list[Piece]:
    """The first texts in an element, in order, each with the element it stands in; a bar for the end of a line."""
    pieces = []
    for event, inner in islice(etree.iterwalk(element, events=("start", "end")), _PIECES):
        if event == "start" and inner.tag != "script":
            pieces.append((inner, " | " if inner.tag == "br" else inner.text or ""))
        elif event == "end" and inner is not element:
            pieces.append((inner.getparent(), inner.tail or ""))
    return pieces


def line_of(element: HtmlElement) -> Line | None:
    """An element's line; None where it holds no words."""
    return next(_joined(pieces_of(element), element), None)


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """What follows an element on the page, in order: its siblings, and those of all that it stands in."""
    for inside in [element, *element.iterancestors()]:
        yield from inside.itersiblings()


def _above(headline: HtmlElement) -> Iterator[Line]:
    """The lines above a headline in what holds the article, the nearest first."""
    for inside in [headline, *headline.iterancestors()]:
        if inside.tag in ("body", "html"):
            return
        for sibling in inside.itersiblings(preceding=True):
            yield from reversed(list(islice(_lines([sibling]), 2 * _ABOVE)))
        if inside.tag in ("article", "main"):
            return


def _lines(elements: Iterable[HtmlElement]) -> Iterator[Line]:
    """The lines of elements in the order of the page: a block without blocks in it, or what stands between blocks."""
    run: list[Piece] = []
    waiting: list[tuple[Iterator[HtmlElement], HtmlElement | None]] = [(iter(elements), None)]
    while waiting:
        inside, holder = waiting[-1]
        element = next(inside, None)
        if element is None:
            waiting.pop()
            yield from _joined(run)
            run = [(holder, holder.tail or "")] if holder is not None else []
        elif next(element.iterdescendants(*_BLOCKS), None) is not None:
            yield from _joined(run)
            run = [(element, element.text or "")]
            waiting.append((iter(element), element))
        elif element.tag in _BLOCKS or element.tag == "br":
            yield from _joined(run)
            yield from _joined(pieces_of(element) if element.tag != "br" else [], element)
            run = [(element, element.tail or "")]
        else:
            run += [*pieces_of(element), (element, element.tail or "")]
    yield from _joined(run)


def _joined(run: list[Piece], block: HtmlElement | None = None) -> Iterator[Line]:
    """The line of some pieces: those of a block, or of the first that has words and what follows it."""
    pieces = tuple((element, words) for element, text in run if (words := shown(text)))
    if pieces:
        words = _CLOSE.sub(r"\1", " ".join(words for _, words in pieces))
        yield Line(pieces[0][0] if block is None else block, words, pieces)
