"""The map down to the bytes: what they say, decoded and stripped of tags, is what the text says."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extractors.article import read
from dateline.extractors.page import read_page
from dateline.extractors.page.byte_map import byte_map, byte_ranges, trace, trace_given
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.decode import Decoded, decode
from dateline.extractors.page.read_back import Said, read_back
from dateline.models.article import Source
from dateline.models.span import Traced

PAGES = sorted((Path(__file__).parent / "fixtures" / "pages").glob("*.html"))
HIDDEN = re.compile(r"(?is)<!--.*?-->|<(script|style|svg|noscript|textarea|iframe|template)\b.*?</\1\s*>")
BACKWARDS = re.compile(r"(?s)<bdo dir='rtl'>(.*?)</bdo>")
TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
# What the bytes of a part of a page are decoded with: the mark that tells their order stands above them.
WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}

WORDS = st.text("abcdefghij éßж“”–’&<>\"'1234567890", min_size=1, max_size=60).filter(str.strip)
NOISE = st.sampled_from(
    [
        "<!-- no > words -->",
        "<script>if (a<b) say('<p>')</script>",
        "<style>p > b { color: red }</style>",
        "<![CDATA[no words]]>",
        "<?php no words ?>",
        "<TEMPLATE><p>no words</p></TEMPLATE>",
        "<textarea>no <b>words</b></textarea>",
        "<iframe>no words</iframe>",
        "<noscript><img alt='no words'></noscript>",
        "&nbsp;&#9;&ensp;&#x2003;\u3000\x0b\x1c",
        "&shy;\u200b&#8203;&zwj;\u200d\ufe0f&#x202A;\u202c",
        "<svg><title>No words</title></svg>",
        "<br>",
        "\n\t\u00a0\u2009 ",
        "<b></b>",
        "<a title='a>b'></a>",
        '<span data-x="it\'s > a"></span>',
    ]
)


def written(words: str, style: int, noise: str) -> str:
    """`words` as HTML in one of several spellings."""
    if style == 0:
        return html.escape(words)
    if style == 1:
        return "".join(f"&#{ord(character)};" for character in words)
    if style == 2:
        return "<b class='x>y'><i><u>" + html.escape(words[:5]) + "</u></i>" + html.escape(words[5:]) + "</b>"
    if style == 5:  # in the middle of words, and between them
        return "".join(html.escape(character) + noise * (number % 7 == 3) for number, character in enumerate(words))
    if style == 6:  # written backwards, and shown as it is to be read
        return f"&#8238;{html.escape(words[:4][::-1])}\u202c{html.escape(words[4:])}"
    if style == 7:
        return f"<bdo dir='rtl'><i>{html.escape(words[:4][::-1])}</i></bdo>{html.escape(words[4:])}"
    if style == 3:
        return "".join(f"&#x{ord(character):X};<!-- > -->" for character in words)
    return html.escape(words).replace(" ", " \r\n\t <i></i>")


def says(capture: bytes, part: Traced, charset: str | None = None) -> str:
    encoding = decode(capture, charset).encoding
    raw = capture[part.byte_start : part.byte_stop].decode(WITHOUT_MARK.get(encoding, encoding), "replace")
    raw = BACKWARDS.sub("\u202e\\1\u202c", HIDDEN.sub("", raw))
    return squeezed(html.unescape(TAG.sub("", raw)))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.integers(0, 7), NOISE), min_size=1, max_size=12),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1251"]),
)
def test_the_map_reads_back(paragraphs: list[tuple[str, int, str]], encoding: str) -> None:
    page = "<title>T</title>" + "".join(
        f"{noise}<p>{written(words, style, noise)}</p>" for words, style, noise in paragraphs
    )
    text = "\n\n".join(" ".join(words.split()) for words, _, _ in paragraphs)
    capture = page.encode(encoding, "xmlcharrefreplace")
    charset = encoding if encoding in ("gb18030", "cp1251") else None
    parts = byte_map(capture, text, charset=charset)
    assert squeezed(text) == "".join(squeezed(text[part.start : part.stop]) for part in parts)
    for part in parts:
        assert says(capture, part, charset) == squeezed(text[part.start : part.stop])
    said: list[Said] = [("bytes", part.byte_start, part.byte_stop, text[part.start : part.stop]) for part in parts]
    said += [("page", part.page_start, part.page_stop, text[part.start : part.stop]) for part in parts]
    assert all(read_back(capture, charset, said))
    assert not any(read_back(capture, charset, [(unit, start, stop, f"{words}x") for unit, start, stop, words in said]))


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
    [(first, last)] = byte_ranges(capture, Decoded(page, "utf-8", "bytes", 0), [(start, stop)])
    assert capture[first:last].decode("utf-8", "replace") == page[start:stop]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "gb18030", "cp932"])
def test_every_character_in_every_encoding(encoding: str) -> None:
    text = ("“Où” " if encoding == "cp1252" else "負傷者 ab 😀 " if encoding != "cp932" else "負傷者 ab ") * 90
    capture = text.encode(encoding)
    every = [(offset, offset + 1) for offset in range(len(text))]
    places = byte_ranges(capture, Decoded(text, encoding, "header", 0), every)
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


@pytest.mark.parametrize("encoding", ["iso2022_jp", "utf-16-be", "utf-16", "utf-32"])
def test_bytes_that_mean_nothing_alone_are_read_back(encoding: str) -> None:
    lines = ["負傷者は十四人。", "Five men died at 市場 (the market)."]
    marks = {"utf-16-be": b"\xfe\xff"}
    capture = marks.get(encoding, b"") + "".join(f"<p>{line}</p>\n" for line in lines).encode(encoding)
    text = "\n\n".join(lines)
    [parts] = trace(capture, text, [(len(lines[0]) + 2, len(text))], charset=encoding)
    assert [text[part.start : part.stop] for part in parts] == lines[1:]
    assert read_back(capture, encoding, [("bytes", part.byte_start, part.byte_stop, lines[1]) for part in parts]) == [
        True
    ]


def test_a_text_that_was_given_is_traced_through_its_line_ends() -> None:
    given = "At the dam\r\nfive “men”\r\n\r\ndied.\nYes"
    text = given.replace("\r\n", "\n")
    places = [(text.index(words), text.index(words) + len(words)) for words in ("At", "five “men”", "died.", "Yes")]
    for (start, stop), [part] in zip(places, trace_given(given.encode(), text, places), strict=True):
        assert given.encode()[part.byte_start : part.byte_stop].decode() == text[start:stop]
        assert given[part.page_start : part.page_stop] == text[start:stop]
    assert trace_given(b"another text", text, places) == [[], [], [], []]


def test_furniture_need_only_begin_and_end_with_its_words() -> None:
    page = b"<p>Read more here</p><p>Picture</p><p>A dam broke in the hills</p>"
    words = "Read more here\nA dam broke in the hills"
    said: list[Said] = [("page", 0, len(page), words), ("ends", 0, len(page), words), ("ends", 0, 9, words)]
    assert read_back(page, None, said) == [False, True, False]
