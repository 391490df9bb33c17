"""Bodies as servers send them: each encoding whole, in several pieces, cut, damaged, and swollen."""

import gzip
import zlib
from io import BytesIO

import brotli
import pytest
import zstandard

from dateline.sources.fetch_body import BodyError, read_body
from dateline.sources.fetch_connection import Deadline

PAGE = b"<p>Two shepherds were killed near Velm.</p>" * 200
LARGEST = 1_000_000
PACKED = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


class _Sent(BytesIO):
    """A response that gives a few bytes at a time."""

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(size or 700, 700))


def _body(data: bytes, encoding: str) -> bytes:
    return read_body(_Sent(data), encoding, largest=LARGEST, deadline=Deadline(60.0))


@pytest.mark.parametrize("encoding", PACKED)
def test_whole(encoding: str) -> None:
    assert _body(PACKED[encoding](PAGE), encoding) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_several_members(encoding: str) -> None:
    assert _body(PACKED[encoding](PAGE) * 3, encoding) == PAGE * 3


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("missing", [1, 3, 20])
def test_cut_short(encoding: str, missing: int) -> None:
    """A body that ends early must not pass for a short one."""
    with pytest.raises(BodyError, match="cut short"):
        _body(PACKED[encoding](PAGE)[:-missing], encoding)


@pytest.mark.parametrize("encoding", PACKED)
def test_damaged(encoding: str) -> None:
    with pytest.raises(BodyError, match=f"its {encoding} data are damaged"):
        _body(PAGE, encoding)


@pytest.mark.parametrize("encoding", PACKED)
def test_a_bomb_is_left_at_the_cap(encoding: str) -> None:
    with pytest.raises(BodyError, match="larger than 1,000,000 bytes"):
        _body(PACKED[encoding](b"a" * 50_000_000), encoding)


@pytest.mark.parametrize("encoding", ["compress", "gzip, gzip", "br, gzip"])
def test_what_was_not_asked_for(encoding: str) -> None:
    with pytest.raises(BodyError, match="was not asked for"):
        _body(PAGE, encoding)
