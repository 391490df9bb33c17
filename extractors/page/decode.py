"""Bytes to characters: what a page says of its encoding is a hint, what its bytes are decides.

One bad byte costs one character (U+FFFD), never the page. Order: byte order mark; bytes that are UTF-8, or so nearly
that only stray bytes are not; the charset of the HTTP header; that of the page's `<meta>`; a guess by
charset_normalizer. Pages declared as Latin-1 and written in UTF-8 are common, so UTF-8 comes before the declarations.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Literal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_GOOD = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_DECLARED_IN = 4096  # bytes from the start in which a page must declare its encoding (HTML standard: 1024; pages: more)

# What browsers read these labels as (WHATWG Encoding Standard).
_READ_AS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}
# Guesses among one-byte Latin encodings are not to be trusted (measured: cp1252 "où" is guessed as cp1250 "oů"), nor is
# one of UTF-16 (the four bytes of a cp1252 "café"), which shows by its zeros.
_LATIN_GUESS = re.compile(
    r"utf|cp125[0247]|cp1257|cp8[56]\d|cp437|iso8859|latin|mac_|hp_roman|cp037|cp500|cp1140|ascii"
)

_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image or sound"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")
_BINARY_SHARE = 0.03  # of control bytes: compressed bytes have 11 %, text none, a page with a few stray NULs far less


_From = Literal["mark", "header", "meta", "bytes", "guess"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a page, the encoding they were read in, who named it (see `models.article.PageFacts`), how many
    bytes gave U+FFFD, and whether the last character is cut in two, as where a page was not sent to its end."""

    html: str
    encoding: str
    encoding_from: _From
    replaced: int
    cut: bool = False


NO_TEXT = Decoded("", "binary", "bytes", 0)  # what is said of the encoding of a PDF


def refusal(data: bytes) -> str | None:
    """Why `data` is no page, in words; None where it may be one."""
    for magic, name in _FORMATS:
        if data.startswith(magic):
            return f"this is {name}, not a page"
    if _marked(data) or _wide(data):
        return None
    sample = data[:8192]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) * _BINARY_SHARE and controls > 8:
        return "this is binary data, not a page"
    return None


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """The characters of `data`; `charset` is what the HTTP header said. Never raises."""
    if encoding := _marked(data):
        return _decoded(data, encoding, "mark")
    if encoding := _wide(data):
        return _decoded(data, encoding, "bytes")
    said: list[tuple[str | None, _From]] = [(_known(charset), "header"), (_known(_meta(data)), "meta")]
    declared = [(name, by) for name, by in said if name]
    for name, by in declared:
        if name == "iso2022_jp":  # its bytes are all ASCII, and would pass for UTF-8
            return _decoded(data, name, by)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "bytes", 0)
    except UnicodeDecodeError as error:
        cut_short = error.reason == "unexpected end of data"
    if _nearly_utf8(data) or (cut_short and "utf-8" in (name for name, _ in declared)):
        return _decoded(data, "utf-8", "bytes")
    for name, by in declared:
        if name != "utf-8":
            return _decoded(data, name, by)
    return _decoded(data, _guess(data), "guess")


def mark_of(data: bytes) -> bytes:
    """The byte order mark that `data` begins with; empty where it has none."""
    return next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of the beginning is zero."""
    head = data[:64]
    if len(head) < 8:
        return None
    if not any(head[1::2]) and all(head[0::2]):
        return "utf-16-le"
    return "utf-16-be" if not any(head[0::2]) and all(head[1::2]) else None


def _meta(data: bytes) -> str | None:
    found = _META.search(data, 0, _DECLARED_IN)
    return found[1].decode("ascii") if found else None


def _known(label: str | None) -> str | None:
    """The codec for a declared label; None for labels that nobody knows, and for those that make no sense in ASCII."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(_READ_AS.get(name, name))
    except (LookupError, ValueError):
        return None
    # A page whose declaration could be read as ASCII is not in UTF-16 or UTF-7; nor are "hex" and "zip" encodings.
    if not getattr(codec, "_is_text_encoding", True) or codec.name.startswith(("utf-16", "utf-32", "utf-7")):
        return None
    return codec.name


def _nearly_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8 but for stray bytes: more good sequences than bad ones.

    Text in a one-byte encoding has hardly a single good sequence by chance, so the majority is never close.
    """
    good = sum(1 for _ in _GOOD.finditer(data))
    bad = data.decode("utf-8", "replace").count("\ufffd") - data.count(b"\xef\xbf\xbd")
    return good > bad


def _decoded(data: bytes, encoding: str, by: _From) -> Decoded:
    html = data.decode(encoding, "replace").removeprefix("\ufeff")
    known = data.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0
    replaced = html.count("\ufffd") - known
    return Decoded(html, encoding, by, replaced, cut=replaced > 0 and _ends_inside(data, encoding))


def _ends_inside(data: bytes, encoding: str) -> bool:
    """Whether the last character of `data` lacks some of its bytes."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    decoder.decode(data)
    return bool(decoder.getstate()[0])


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # rarely needed, and slow to import

    best = from_bytes(data[:200_000]).best()
    if best is None or _LATIN_GUESS.match(best.encoding):
        return "cp1252"
    return best.encoding
