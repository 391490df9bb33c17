"""The fetcher against servers on 127.0.0.1 that misbehave in every way it must survive."""

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from dateline.models.article import Source
from dateline.sources import fetch_queue
from dateline.sources.address import Refused, is_public, peers
from dateline.sources.fetch import Known, Limits, fetch
from dateline.sources.fetch_queue import Fetcher, fetch_all
from tests.bad_site import PAGE, SINCE, BadSite, asked, bad_site

LOCAL = Limits(seconds=2.0, largest=1_000_000, allow_private=True)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with bad_site() as address:
        yield address


def test_a_page(site: str) -> None:
    found = fetch(f"{site}/page", LOCAL)
    assert (found.body, found.problem) == (PAGE, None)
    assert found.response is not None
    assert found.response.header("etag") == '"1"'


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/gzip", PAGE),
        ("/two-members", PAGE * 2),
        ("/moved", PAGE),
    ],
)
def test_what_is_decoded_and_followed(site: str, path: str, body: bytes) -> None:
    assert fetch(site + path, LOCAL).body == body


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/cut-gzip", "cut short"),
        ("/not-gzip", "damaged"),
        ("/other-encoding", "not asked for"),
        ("/bomb", "larger than"),
        ("/endless", "larger than"),
        ("/short", "cut short"),
        ("/missing", "HTTP 404 Not Found"),
        ("/busy", "HTTP 429 Too Many Requests, to be asked again after 3600"),
        ("/circle", "in a circle"),
        ("/hop/1", "more than 5 times"),
        ("/file", "no http or https address"),
    ],
)
def test_what_is_refused(site: str, path: str, words: str) -> None:
    found = fetch(site + path, LOCAL)
    assert found.body == b""
    assert found.problem is not None
    assert words in found.problem


@pytest.mark.parametrize("known", [Known(etag='"1"'), Known(last_modified=SINCE)])
def test_a_page_that_has_not_changed_is_not_sent_again(site: str, known: Known) -> None:
    found = fetch(f"{site}/changing", LOCAL, known=known)
    assert (found.same, found.problem, found.body) == (True, None, b"")


@pytest.mark.parametrize("known", [None, Known(), Known(etag='"0"'), Known(etag="a\r\nX: b")])
def test_a_page_that_may_have_changed_is_sent(site: str, known: Known | None) -> None:
    assert fetch(f"{site}/changing", LOCAL, known=known).body == PAGE


def _all(urls: list[str], *, pause: float) -> list[Source]:
    with Fetcher(LOCAL, pause=pause) as fetcher:
        return list(fetch_all(urls, fetcher))


def test_trouble_that_passes_is_tried_again(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_queue, "BACK_OFF", 0.0)
    asked.clear()
    (found,) = _all([f"{site}/shaky"], pause=0.0)
    assert (found.problem, len(asked)) == (None, 3)
    (found,) = _all([f"{site}/missing"], pause=0.0)
    assert found.problem == "HTTP 404 Not Found"


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_the_deadline_holds(site: str, path: str) -> None:
    started = time.monotonic()
    found = fetch(site + path, Limits(seconds=1.0, allow_private=True))
    assert found.problem == "it took longer than 1 s"
    assert time.monotonic() - started < 8  # the deadline is one second; the rest is for a busy machine


def test_no_answer_at_all() -> None:
    found = fetch("http://127.0.0.1:9/", LOCAL)
    assert found.problem is not None
    assert "connection failed" in found.problem


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0.0.0.0", "localhost", "localhost."),
        *("10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255"),
        *("192.0.2.1", "198.18.0.1", "192.88.99.1", "168.63.129.16", "[::1]", "[::]", "[::ffff:127.0.0.1]"),
        *("[::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::1]", "[fd00::1]", "[fe80::1]", "[fec0::1]"),
        *("[ff02::1]", "[2001:0:53aa::1]", "[::ffff:a9fe:a9fe]", "１２７.0.0.1"),
    ],
)
def test_no_private_address(host: str) -> None:
    found = fetch(f"http://{host}:{9}/", Limits(seconds=3.0))
    assert found.problem is not None
    assert "no public address" in found.problem or "is not known" in found.problem or "is no URL" in found.problem


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_one_private_answer_spoils_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **options: answers)
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        peers("example.org", 80, allow_private=False)


def test_a_redirect_may_not_lead_inside(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host passes as public; where it leads does not."""
    public = is_public
    monkeypatch.setattr("dateline.sources.address.is_public", lambda one: one == "127.0.0.1" or public(one))
    found = fetch(f"{site}/inside", Limits(seconds=3.0))
    assert found.problem == "169.254.169.254 is no public address"


@pytest.mark.parametrize("host", ["169.254.169.254", "[::ffff:a9fe:a9fe]", "[fe80::1]"])
def test_link_local_addresses_are_never_asked(host: str) -> None:
    found = fetch(f"http://{host}:9/", LOCAL)
    assert "no public address" in str(found.problem)


@pytest.mark.parametrize("url", ["ftp://example.org/", "file:///etc/passwd", "http://user@example.org/", "http:///x"])
def test_no_other_urls(url: str) -> None:
    assert fetch(url, LOCAL).problem is not None


def test_many_in_order_with_robots_and_kinds(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_queue, "AHEAD", 2)
    paths = ["/page", "/private/page", "/picture", "/text", "/missing", "/busy", "/page"]
    found = _all([site + path for path in paths], pause=0.05)
    assert [source.id for source in found] == [site + path for path in paths]
    page, private, picture, text, missing, busy, after = found
    assert (page.page, page.charset, page.url) == (PAGE, "windows-1252", f"{site}/page")
    assert private.problem == "the site's robots.txt does not allow it"
    assert picture.problem == "it is image/png, not a page"
    assert text.plain == b"Two people were killed."
    assert missing.problem == "HTTP 404 Not Found"
    assert "429" in str(busy.problem)
    assert "not asked for, since the site answered" in str(after.problem)


def test_a_pause_between_pages(site: str) -> None:
    started = time.monotonic()
    _all([f"{site}/page"] * 3, pause=0.3)
    assert time.monotonic() - started >= 0.9  # robots.txt and three pages


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2050, 1, 1))  # noqa: DTZ001
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = tmp_path / "self-signed.pem"
    pem.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    server = ThreadingHTTPServer(("127.0.0.1", 0), BadSite)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = fetch(f"https://127.0.0.1:{server.server_port}/page", LOCAL)
    server.shutdown()
    server.server_close()
    assert "TLS certificate is not valid" in str(found.problem)


def test_the_stream_reader_is_what_the_body_reader_asks_for() -> None:
    from dateline.sources.fetch_body import read_body
    from dateline.sources.fetch_connection import Deadline

    assert read_body(BytesIO(PAGE), "", largest=1000, deadline=Deadline(1)) == PAGE
