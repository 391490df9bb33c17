"""A collection's TOML file: what it may say, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from dateline.sources.collection import TEMPLATE, CollectionError, read_collection


def _written(folder: Path, text: str) -> Path:
    path = folder / "dateline.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_template_is_a_collection(tmp_path: Path) -> None:
    """As it is written, and with every line that it offers."""
    assert read_collection(_written(tmp_path, TEMPLATE)).source == ()
    offered = "\n".join(
        line.removeprefix("# ")
        if line.startswith(
            ("# [[", "# name", "# feed", "# sitemap", "# urls", "# warc", "# expect", "# days", "# most")
        )
        else line
        for line in TEMPLATE.splitlines()
    )
    found = read_collection(_written(tmp_path, offered))
    assert [entry.kind for entry in found.source] == ["feed", "sitemap", "urls", "warc"]
    assert found.source[0].expect == (10, 80)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("store = ", "is no TOML"),
        ("[[source]]\nfeed = 'http://a.example'", "source 1: name: Field required"),
        ("[[source]]\nname = 'x'", "source 'x': give exactly one of feed, sitemap"),
        ("[[source]]\nname = 'x'\nfeed = 'http://a.example'\nurls = 'b'", "there is feed and urls"),
        ("[[source]]\nname = 'x'\nfeed = 'ftp://a.example'", "must be an http or https address"),
        ("[[source]]\nname = 'x'\nfeed = 'http://a.example'\nevery = 3", "source 'x': every: there is no such key"),
        ("[[source]]\nname = 'x'\nfeed = 'http://a.example'\nexpect = [9, 1]", "expect is [fewest, most]"),
        ("[[source]]\nname = 'x'\nurls = 'a'\n[[source]]\nname = 'x'\nurls = 'b'", "two sources are named 'x'"),
        ("[fetch]\npause = 'long'", "fetch: pause: Input should be a valid number"),
        ("source = 3", "source"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, words: str) -> None:
    """The file, the source by its name, the key, and the fault."""
    with pytest.raises(CollectionError) as error:
        read_collection(_written(tmp_path, text))
    assert words in str(error.value)
    assert "dateline.toml" in str(error.value)


def test_no_file(tmp_path: Path) -> None:
    """What to do next is said."""
    with pytest.raises(CollectionError, match="`dateline init` writes one"):
        read_collection(tmp_path / "dateline.toml")
