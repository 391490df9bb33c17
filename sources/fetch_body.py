"""Bodies, bounded as sent and as decoded: a kilobyte may unpack to a gigabyte, and a cut one looks like a short one."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from dateline.sources.fetch_connection import Deadline

CHUNK = 1 << 16
ENCODINGS = "gzip, deflate, br, zstd"  # what we ask for, and can bound
_ZSTD_AT_ONCE = 128  # bytes given to zstd at once, and fewer towards the cap
_ZSTD_SWELL = (128 << 10) / 3  # a block of three bytes may unpack to 128 KB, and there is no asking for less
_ZSTD_WINDOW = 8 << 20  # bytes; RFC 9659 lets no encoder for the web use more


class BodyError(Exception):
    """Why a body is not taken."""


class Reader(Protocol):
    """What is asked of a response: the next bytes there are, b"" at the end."""

    def read1(self, amt: int | None = ...) -> bytes:
        """At most `amt` bytes."""


def read_body(response: Reader, encoding: str, *, largest: int, deadline: Deadline) -> bytes:
    """The whole body, decoded. BodyError where it is too large, damaged, cut short, or in an encoding not asked for;
    TimeoutError at the deadline."""
    return unpacked(_chunks(response, deadline), encoding, largest=largest)


def unpacked(chunks: Iterable[bytes], encoding: str, *, largest: int) -> bytes:
    """A body that came in `chunks`, decoded; BodyError as of `read_body`."""
    sent = _bounded(chunks, largest)
    names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in ("", "identity")]
    if not names:
        return b"".join(sent)
    if len(names) > 1 or names[0] not in _DECODERS:
        raise BodyError(f"its content encoding {encoding} was not asked for")
    return b"".join(_bounded(_DECODERS[names[0]](sent, names[0], largest), largest))


def _chunks(response: Reader, deadline: Deadline) -> Iterator[bytes]:
    while chunk := response.read1(CHUNK):
        deadline.left()
        yield chunk
    deadline.left()  # a body that the watch has cut ends like one that is whole


def _bounded(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise BodyError(f"it is larger than {largest:,} bytes")
        yield chunk


def _inflated(sent: Iterator[bytes], name: str, largest: int) -> Iterator[bytes]:
    """The decoded bytes in pieces small beside `largest`; gzip may hold several members."""
    piece = min(CHUNK, largest + 1)
    inflate, started = None, False
    for chunk in sent:
        while chunk:
            if inflate is None:
                inflate = zlib.decompressobj(_window(name, chunk))
            try:
                yield inflate.decompress(chunk, piece)
            except zlib.error as error:
                if started and not inflate.unused_data:
                    return  # bytes after the last member are padding, as gzip itself has it
                raise BodyError(f"its {name} data are damaged: {error}") from error
            chunk = inflate.unconsumed_tail
            if inflate.eof:
                chunk, started, inflate = inflate.unused_data.lstrip(b"\0"), True, None
    if inflate is not None:
        raise BodyError(f"its {name} data are cut short")


def _window(name: str, start: bytes) -> int:
    """What zlib is to expect. "deflate" should be a zlib stream; some servers send it without the zlib header."""
    if name != "deflate":
        return 16 + zlib.MAX_WBITS
    return zlib.MAX_WBITS if start[0] & 0x0F == 8 else -zlib.MAX_WBITS


def _unbrotlied(sent: Iterator[bytes], name: str, largest: int) -> Iterator[bytes]:
    """As `_inflated`, for brotli."""
    import brotli  # both are needed only where a server uses them

    decoder = brotli.Decompressor()
    for chunk in sent:
        try:
            while piece := decoder.process(chunk, output_buffer_limit=min(CHUNK, largest + 1)):
                yield piece
                chunk = b""
        except brotli.error as error:
            raise BodyError(f"its {name} data are damaged") from error
    if not decoder.is_finished():
        raise BodyError(f"its {name} data are cut short")


def _unzstded(sent: Iterator[bytes], name: str, largest: int) -> Iterator[bytes]:
    """As `_inflated`, for zstd; a body may hold several frames."""
    import zstandard

    frame, room = None, largest
    for chunk in sent:
        while chunk:
            step = max(1, min(_ZSTD_AT_ONCE, int(room / _ZSTD_SWELL)))
            left, chunk = chunk[:step], chunk[step:]
            while left:
                frame = frame or zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
                try:
                    piece = frame.decompress(left)
                except zstandard.ZstdError as error:
                    raise BodyError(f"its {name} data are damaged: {error}") from error
                room -= len(piece)
                yield piece
                left, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame is not None:
        raise BodyError(f"its {name} data are cut short")


_DECODERS = {"gzip": _inflated, "x-gzip": _inflated, "deflate": _inflated, "br": _unbrotlied, "zstd": _unzstded}
