"""Bytes to characters: declarations are hints, one bad byte costs one character, what is no page says what it is, and
figures read as they are shown."""

import gzip
from pathlib import Path

import pytest

from dateline.extractors.article import read, read_article
from dateline.extractors.page import read_page
from dateline.extractors.page.decode import decode, refusal
from dateline.models.article import PageFacts, Source
from dateline.models.fields.casualties import CasualtyFact

WORDS = "“Où est le maire?” asked the reporter in Besançon – and no one knew."


@pytest.mark.parametrize(
    ("data", "charset", "encoding"),
    [
        (WORDS.encode(), None, "utf-8"),
        (WORDS.encode(), "iso-8859-1", "utf-8"),  # declared wrongly, as many pages are
        (WORDS.encode("utf-8-sig"), "iso-8859-1", "utf-8"),
        (WORDS.encode("utf-16"), None, "utf-16"),
        (("<p>" * 20 + WORDS).encode("utf-16-le"), None, "utf-16-le"),
        (WORDS.encode("cp1252"), "iso-8859-1", "cp1252"),
        (WORDS.encode("cp1252"), None, "cp1252"),
        (WORDS.encode("cp1252"), "no-such-charset", "cp1252"),
        (b'<meta charset="windows-1252">' + WORDS.encode("cp1252"), None, "cp1252"),
        (b"<meta http-equiv=x content='text/html; charset=ISO-8859-1'>" + WORDS.encode("cp1252"), None, "cp1252"),
    ],
)
def test_encoding(data: bytes, charset: str | None, encoding: str) -> None:
    page = decode(data, charset)
    assert (page.encoding, page.replaced) == (encoding, 0)
    assert WORDS in page.html


def test_one_bad_byte_costs_one_character() -> None:
    page = decode(WORDS.encode() * 3 + b"\xff" + WORDS.encode() * 3, None)
    assert page.html == WORDS * 3 + "\ufffd" + WORDS * 3
    assert page.replaced == 1


def test_a_character_cut_in_two_at_the_end() -> None:
    page = decode((WORDS * 3 + "é").encode()[:-1], "utf-8")
    assert page.html.startswith(WORDS)
    assert page.replaced == 1


def test_a_replacement_character_of_the_page_itself_is_not_counted() -> None:
    assert decode("a \ufffd b".encode()).replaced == 0


def test_other_alphabets() -> None:
    words = "Пять человек погибли при взрыве на рынке, сообщила полиция. " * 10
    assert decode(words.encode("cp1251"), "windows-1251").html == words
    assert decode("負傷者はいない。".encode("iso2022_jp"), "iso-2022-jp").html == "負傷者はいない。"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
        (b"\xff\xd8\xff\xe0....", "a JPEG image"),
        (b"PK\x03\x04....", "a ZIP archive or office document"),
        (gzip.compress(b"<html>" * 100, mtime=0), "gzip data"),
        (gzip.compress(b"<html>" * 100, mtime=0)[:20], "gzip data"),
        (bytes(range(256)) * 20, "binary data"),
    ],
)
def test_what_is_no_page(data: bytes, name: str) -> None:
    assert refusal(data) == f"this is {name}, not a page"


@pytest.mark.parametrize(
    "data", [b"", b"<p>\0\0</p>", WORDS.encode("utf-16"), ("<p>" * 20).encode("utf-16-le"), b"!" * 10_000]
)
def test_what_may_be_a_page(data: bytes) -> None:
    assert refusal(data) is None


@pytest.mark.parametrize(
    ("data", "charset", "named"),
    [
        (WORDS.encode("utf-16"), "iso-8859-1", "mark"),
        (WORDS.encode("cp1252"), "iso-8859-1", "header"),
        (b'<meta charset="windows-1252">' + WORDS.encode("cp1252"), None, "meta"),
        (WORDS.encode(), "iso-8859-1", "bytes"),
        (("<p>" * 20 + WORDS).encode("utf-16-le"), None, "bytes"),
        (WORDS.encode("cp1252"), None, "guess"),
    ],
)
def test_who_named_the_encoding(data: bytes, charset: str | None, named: str) -> None:
    assert decode(data, charset).encoding_from == named


@pytest.mark.parametrize("charset", ["utf-8", None])
def test_a_page_that_ends_inside_a_character_says_so(charset: str | None) -> None:
    page = decode((WORDS + "é").encode()[:-1], charset)
    assert (page.encoding, page.cut, page.replaced) == ("utf-8", True, 1)
    assert not decode(WORDS.encode() + b"\xff.").cut


def test_plain_words_cut_inside_their_only_accent() -> None:
    assert decode("The mayor of Orléans, Mr é".encode()[:-1].replace("é".encode(), b"e"), "utf-8").html[-1] == "\ufffd"
    assert decode(b"caf\xe9").html == "café"


def sentence(killed: str) -> bytes:
    words = f"A bomb killed {killed} people in Velm on Monday, the mayor said."
    more = "The mayor of Velm said that the road would stay closed until the end of the week."
    return f"<title>Blast in Velm</title><article><h1>Blast in Velm</h1><p>{words}</p><p>{more}</p></article>".encode()


@pytest.mark.parametrize(
    ("written", "quote", "best", "unseen", "reversed_"),
    [
        ("\u202e041\u202c", "140 people", 140, 2, 3),
        ("&#8238;041&#8236;", "140 people", 140, 2, 3),
        ("\u202e041", None, None, 1, 45),  # not closed: the whole sentence stands under it
        ('<bdo dir="rtl">041</bdo>', "140 people", 140, 2, 3),
        ('<bdo dir="rtl">0<b>4</b>1</bdo>', "140 people", 140, 2, 3),
        ("1\u200b4\u200d0", "140 people", 140, 2, 0),
        ("1&zwj;4&#8203;0", "140 people", 140, 2, 0),
        ("14\u200c", "14 people", 14, 1, 0),
        ("1\ufe0f4", "14 people", 14, 1, 0),
        ("1\u20624", "14 people", 14, 1, 0),
        ("1\x0040", "140 people", 140, 1, 0),
        ("1\x0740", "140 people", 140, 1, 0),
        ("1\u00ad40", "140 people", 140, 1, 0),
        ("1&shy;40", "140 people", 140, 1, 0),
        ("14<sup>2</sup>", "14 people", 14, 0, 0),
        ("14<sup><a href='#n'>[2]</a></sup>", "14 people", 14, 0, 0),
        ("1<wbr>40", "140 people", 140, 0, 0),
        ("1<b>4</b>0", "140 people", 140, 0, 0),
        ("１４", "14 people", 14, 0, 0),
        ("１,４００", "1,400 people", 1400, 0, 0),
        ("1４", "14 people", 14, 0, 0),
        ("𝟏𝟒", "14 people", 14, 0, 0),
        ("1\u202f400", "1400 people", 1400, 0, 0),
        ("1&thinsp;400", "1400 people", 1400, 0, 0),
        ("1৪", None, None, 0, 0),  # a Bengali four, which looks like an 8
        ("1٤", None, None, 0, 0),
        ("14²", None, None, 0, 0),
    ],
)
def test_figures_read_as_they_are_shown(
    written: str, quote: str | None, best: int | None, unseen: int, reversed_: int
) -> None:
    record = read(Source(id="x", page=sentence(written)))
    found = [(claim.quote, claim.best) for claim in record.facts["casualties"] if isinstance(claim, CasualtyFact)]
    assert found == ([(quote, best)] if quote else [])
    assert record.article.page is not None
    assert (record.article.page.unseen, record.article.page.reversed) == (unseen, reversed_)


def test_a_soft_hyphen_inside_a_word() -> None:
    article = read_page(Source(id="x", page=sentence("five").replace(b"people", b"peo&shy;ple")))
    assert "killed five people in Velm" in article.text
    assert article.page is not None
    assert article.page.unseen == 1


def test_the_facts_of_a_page() -> None:
    data = sentence("five").replace(b"Monday", b"Mon\xffday \xe2\x80\x93 \xe2\x80\x93")
    article = read_page(Source(id="x", page=data, charset="latin-1"))
    assert "Mon\ufffdday" in article.text
    assert article.page == PageFacts(
        size=len(data), encoding="utf-8", encoding_from="bytes", replaced=1, unseen=0, reversed=0
    )


@pytest.mark.parametrize(
    ("source", "result", "encoding", "size"),
    [
        (Source(id="x", page=b""), "empty", "utf-8", 0),
        (Source(id="x", page=b"<!-- nothing -->"), "empty", "utf-8", 16),
        (Source(id="x", page=b"%PDF-1.7 ..."), "failed", "binary", 12),
        (Source(id="x", plain=b"%PDF-1.7 ..."), "failed", "binary", 12),
        (Source(id="x", plain="Où est le maire ?".encode("cp1252")), "read", "cp1252", 17),
    ],
)
def test_every_page_and_file_has_its_facts(source: Source, result: str, encoding: str, size: int) -> None:
    article = read_article(source)
    assert article.page is not None
    assert (article.result, article.page.encoding, article.page.size) == (result, encoding, size)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (sentence("five") + "<p>é".encode()[:-1], "inside a character"),
        (sentence("five") + b"<!-- and more", "inside a comment"),
        (sentence("five") + b"<script>var more = 1", "inside a script"),
        (sentence("five") + b'<p class="more', "inside a tag"),
    ],
)
def test_a_page_that_was_cut_says_so(data: bytes, words: str) -> None:
    article = read_page(Source(id="x", page=data, charset="utf-8"))
    assert article.page is not None
    assert (article.result, len(article.page.truncated)) == ("read", 1)
    assert words in article.page.truncated[0]
    assert article.reason == article.page.truncated[0]


def test_no_fixture_is_said_to_be_cut() -> None:
    folder = Path(__file__).parent / "fixtures" / "pages"
    pages = [read_page(Source(id=path.name, page=path.read_bytes())).page for path in sorted(folder.glob("*.html"))]
    assert len(pages) > 10
    assert [facts.truncated for facts in pages if facts is None or facts.truncated] == []


def test_the_mark_of_a_note_is_listed_as_furniture() -> None:
    raised = "14<sup><a href='#n'>2</a></sup> people in 10 km<sup>2</sup>, near M<sup>c</sup>Donald Hill,<sup>a</sup>"
    data = sentence("five").replace(b"five people", raised.encode())
    article = read_page(Source(id="x", page=data))
    assert "killed 14 people in 10 km² near McDonald Hill, in Velm" in article.text.replace("km²,", "km²")
    marks = [item for item in article.furniture if item.kind == "note_mark"]
    assert [(item.rule, data.decode()[item.start : item.stop]) for item in marks] == [
        ("page.block.note", "2"),
        ("page.block.note", "a"),
    ]


def test_brackets_that_hang_on_a_word_stay() -> None:
    article = read_page(Source(id="x", page=sentence("five").replace(b"people", b"people<sup>[3]</sup>")))
    assert "five people[3] in Velm" in article.text


def test_words_struck_through_are_withdrawn_and_listed() -> None:
    data = sentence("five").replace(b"five people", b"<del>12</del> <ins>14</ins> people")
    article = read_page(Source(id="x", page=data))
    assert "killed 14 people" in article.text
    assert [(item.rule, item.text) for item in article.furniture if item.kind == "withdrawn"] == [
        ("page.block.struck", "12")
    ]
