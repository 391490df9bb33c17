"""Bytes to characters: declarations are hints, one bad byte costs one character, what is no page says what it is."""

import gzip

import pytest

from dateline.extractors.page.decode import decode, refusal

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
        (gzip.compress(b"<html>" * 100), "gzip data"),
        (gzip.compress(b"<html>" * 100)[:20], "gzip data"),
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
