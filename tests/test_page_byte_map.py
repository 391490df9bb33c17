"""The map down to the bytes: what they say, decoded and stripped of tags, is what the text says."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extractors.article import read
from dateline.extractors.page import read_page
from dateline.extractors.page.byte_map import Traced, byte_map, byte_ranges, trace
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.decode import Decoded, decode
from dateline.models.article import Source

PAGES = sorted((Path(__file__).parent / "fixtures" / "pages").glob("*.html"))
HIDDEN = re.compile(r"(?is)<!--.*?-->|<(script|style|svg|noscript)\b.*?</\1\s*>")
TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
# What the bytes of a part of a page are decoded with: the mark that tells their order stands above them.
WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}

WORDS = st.text("abcdefghij éßж“”–’&<>\"'1234567890", min_size=1, max_size=60).filter(str.strip)
NOISE = st.sampled_from(
    [
        "<!-- no > words -->",
        "<script>if (a<b) say('<p>')</script>",
        "<style>p > b { color: red }</style>",
        "<svg><title>No words</title></svg>",
        "<br>",
        "\n\t\u00a0\u2009 ",
        "<b></b>",
        "<a title='a>b'></a>",
        '<span data-x="it\'s > a"></span>',
    ]
)


def written(words: str, style: int) -> str:
    """`words` as HTML in one of several spellings."""
    if style == 0:
        return html.escape(words)
    if style == 1:
        return "".join(f"&#{ord(character)};" for character in words)
    if style == 2:
        return "<b class='x>y'><i><u>" + html.escape(words[:5]) + "</u></i>" + html.escape(words[5:]) + "</b>"
    if style == 3:
        return "".join(f"&#x{ord(character):X};<!-- > -->" for character in words)
    return html.escape(words).replace(" ", " \r\n\t <i></i>")


def says(capture: bytes, part: Traced, charset: str | None = None) -> str:
    encoding = decode(capture, charset).encoding
    raw = capture[part.byte_start : part.byte_stop].decode(WITHOUT_MARK.get(encoding, encoding), "replace")
    return squeezed(html.unescape(TAG.sub("", HIDDEN.sub("", raw))))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.integers(0, 4), NOISE), min_size=1, max_size=12),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1251"]),
)
def test_the_map_reads_back(paragraphs: list[tuple[str, int, str]], encoding: str) -> None:
    page = "<title>T</title>" + "".join(f"{noise}<p>{written(words, style)}</p>" for words, style, noise in paragraphs)
    text = "\n\n".join(" ".join(words.split()) for words, _, _ in paragraphs)
    capture = page.encode(encoding, "xmlcharrefreplace")
    charset = encoding if encoding in ("gb18030", "cp1251") else None
    parts = byte_map(capture, text, charset=charset)
    assert squeezed(text) == "".join(squeezed(text[part.start : part.stop]) for part in parts)
    for part in parts:
        assert says(capture, part, charset) == squeezed(text[part.start : part.stop])


@settings(max_examples=200, deadline=None)
@given(
    st.text("ab é“ж負😀\n", min_size=1, max_size=900),
    st.lists(st.tuples(st.integers(0, 5000), st.sampled_from([0xFF, 0xE2, 0xF0, 0x80, 0xED])), max_size=8),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_bad_bytes_move_nothing(text: str, bad: list[tuple[int, int]], where: tuple[float, float]) -> None:
    data = bytearray(text.encode())
    for place, byte in bad:
        data[place % len(data)] = byte
    capture = bytes(data)
    page = capture.decode("utf-8", "replace")
    start = int(min(where) * (len(page) - 1))
    stop = max(start + 1, int(max(where) * len(page)))
    [(first, last)] = byte_ranges(capture, Decoded(page, "utf-8", 0), [(start, stop)])
    assert capture[first:last].decode("utf-8", "replace") == page[start:stop]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "gb18030", "cp932"])
def test_every_character_in_every_encoding(encoding: str) -> None:
    text = ("“Où” " if encoding == "cp1252" else "負傷者 ab 😀 " if encoding != "cp932" else "負傷者 ab ") * 90
    capture = text.encode(encoding)
    every = [(offset, offset + 1) for offset in range(len(text))]
    places = byte_ranges(capture, Decoded(text, encoding, 0), every)
    marked = "utf-16-le" if encoding == "utf-16" else "utf-32-le" if encoding == "utf-32" else encoding
    assert "".join(capture[start:stop].decode(marked) for start, stop in places) == text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_fixture_is_mapped(path: Path) -> None:
    capture = path.read_bytes()
    text = read_page(Source(id=path.name, page=capture)).text
    parts = byte_map(capture, text)
    assert sum(len(squeezed(text[part.start : part.stop])) for part in parts) >= 0.995 * len(squeezed(text))
    for part in parts:
        assert says(capture, part) == squeezed(text[part.start : part.stop])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_quote_of_a_fixture_is_mapped_as_a_whole(path: Path) -> None:
    capture = path.read_bytes()
    record = read(Source(id=path.name, page=capture))
    facts = [fact for facts in record.facts.values() for fact in facts]
    for fact, parts in zip(
        facts, trace(capture, record.article.text, [(fact.start, fact.stop) for fact in facts]), strict=True
    ):
        assert "".join(says(capture, part) for part in parts) == squeezed(fact.quote)


def test_a_text_that_the_page_does_not_hold_has_no_bytes() -> None:
    assert byte_map(b"<p>Five men died in the blast.</p>", "Nobody has ever said these words here.") == []
    assert trace(b"<p>Five men died.</p>", "Five men died.", []) == []
