"""Who wrote an article, as its page says: never a person of the story, and nobody where the page leaves it in doubt.

Names are kept as they are written. A news agency is an author where it is named as one. What the site calls itself,
"Staff", offices, places, days and accounts are none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from dateline.extractors.page.around import Line, is_aside, pieces_of
from dateline.extractors.page.characters import shown
from dateline.extractors.page.names import authors_in, is_person, leading_names, names_listed, plain
from dateline.extractors.page.printed import LONGEST
from dateline.extractors.page.said import Said, Spot, shown_in
from dateline.extractors.page.stated import Stated, names

_MOST = 12  # authors of one article; longer lists are contributors of the site
_MARKED = ".//*[@rel='author' or @itemprop='author' or contains(@class, 'author')]"
_JOINING = re.compile(r"\W*(?:(?:article |written |posted )?by|and|authors?)?\W*", re.IGNORECASE)
_AUTHOR_NAME = re.compile(r"author|byline|writer|reporter|contributor")
_NO_AUTHOR_NAME = re.compile(r"photo|image|img|credit|caption|bio|avatar|comment|social|question|related")
_MANY = 200  # elements that are looked at; a page with more is a list of other people's stories
_CLOSE = 4  # elements that hold one another, from a name outwards
_TOKEN = re.compile(r"\w+")


def read_authors(
    root: HtmlElement, stated: Stated, lines: Sequence[Line], *, url: str | None, publishers: Iterable[str]
) -> tuple[Said, ...]:
    """The authors that a page names, in its order. `lines` are those at its headline; `publishers`: what the site is
    called.

    JSON-LD goes before meta elements, and those before what is printed; but a source that has the same names in full,
    and perhaps more of them, goes before one that has less. Persons go before agencies and other bodies.
    """
    site = {plain(name) for name in (*publishers, *_host_names(url))} - {""}
    found = [kept for source in (*_metadata(stated), _printed(lines)) if (kept := _kept(source, site))]
    persons = [source for source in found if any(is_person(said.value) for said in source)]
    if not persons:
        marked = _kept(_marked(root), site)
        return found[0] if found and not any(is_person(said.value) for said in marked) else marked
    best = persons[0]
    for other in persons[1:]:
        if len(other) <= _MOST and _is_fuller(other, best):
            best = other
    return best if len(best) <= _MOST else ()


def _metadata(stated: Stated) -> Iterator[list[Said]]:
    for node in stated.articles:
        for key in ("author", "creator"):
            spot = Spot("key", mark=key)
            yield [
                Said(value=name, rule="page.author.json_ld", quote=quote, spot=spot)
                for quote in _named(stated, node.get(key))
                for name in names_listed(quote)
            ]
    for meta in names("author_metas"):
        contents = stated.contents.get(meta, [])
        yield [
            Said(value=name, rule="page.author.meta", quote=name, spot=Spot("attribute", "meta", meta))
            for content in contents
            for name in names_listed(content)
        ]


def _named(stated: Stated, value: Any) -> Iterator[str]:
    """The names in the value of a JSON-LD author: a text, an object, one that is described elsewhere, or a list."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and not isinstance(one.get("name"), str):
            one = stated.named.get(str(one.get("@id")))
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield shown(name)


def _printed(lines: Iterable[Line]) -> list[Said]:
    """The names in the first line at the headline that is a byline, or that is named for holding the author."""
    for line in lines:
        if len(line.words) > LONGEST:
            continue
        found = authors_in(" | ".join(piece for _, piece in line.pieces)) or authors_in(line.words)
        rule = "page.author.byline"
        if not found:
            found = _leading(piece for element, piece in line.pieces if _is_named(element))
            rule = "page.author.named"
        if found:
            return [Said(value=name, rule=rule, quote=name, spot=shown_in(_holding(line, name))) for name in found]
    return []


def _leading(pieces: Iterable[str]) -> list[str]:
    """The names in the first pieces of what is named for holding them; what follows is their offices."""
    found: list[str] = []
    for piece in pieces:
        names_here = leading_names(piece)
        if not names_here and not _JOINING.fullmatch(piece):
            break
        found += names_here
    return found


def _holding(line: Line, name: str) -> HtmlElement:
    """The innermost element of a line that holds a name whole."""
    return next((element for element, piece in line.pieces if name in piece), line.element)


def _marked(root: HtmlElement) -> list[Said]:
    """The one name in all elements of the page that are marked as its author's."""
    found: dict[str, HtmlElement] = {}
    for element in root.xpath(_MARKED)[:_MANY]:
        marked = "author" in (element.get("rel"), element.get("itemprop"), *(element.get("class") or "").split())
        if marked and not is_aside(element):
            pieces = [shown(piece) for _, piece in pieces_of(element)]
            for name in authors_in(" | ".join(pieces)) or _leading(filter(None, pieces)):
                found.setdefault(name, element)
    if len(found) != 1:
        return []
    ((name, element),) = found.items()
    return [Said(value=name, rule="page.author.marked", quote=name, spot=shown_in(element))]


def _is_named(element: HtmlElement) -> bool:
    """Whether an element, or what it stands close below, is named for holding the author."""
    for above in islice(chain((element,), element.iterancestors()), _CLOSE):
        called = f"{above.get('class') or ''} {above.get('id') or ''}".lower()
        if above.get("rel") == "author" or above.get("itemprop") == "author":
            return True
        if _AUTHOR_NAME.search(called) and not _NO_AUTHOR_NAME.search(called):
            return True
    return False


def _kept(source: Iterable[Said], site: set[str]) -> tuple[Said, ...]:
    """The authors that are not the site itself, each once."""
    once = {said.value.casefold(): said for said in source if plain(said.value) not in site}
    return tuple(once.values())


def _is_fuller(other: Sequence[Said], best: Sequence[Said]) -> bool:
    """Whether `other` has every name of `best`, and more of them or more of their parts."""
    theirs, ours = ([set(_TOKEN.findall(said.value.casefold())) for said in source] for source in (other, best))
    has_all = all(any(name <= fuller for fuller in theirs) for name in ours)
    return has_all and sum(map(len, theirs)) > sum(map(len, ours))


def _host_names(url: str | None) -> Iterator[str]:
    """The host of an address, and its parts, as a site may call itself."""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url and "://" in url else ""
    yield host
    yield from host.split(".")
