"""The map from a text to its page: what a mapped range holds, tags and white space aside, is the text."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extractors.page import read_page
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.decode import decode
from dateline.extractors.page.locate import place, text_map, visible
from dateline.extractors.page.tree import clean_characters
from dateline.models.article import Source

PAGES = Path(__file__).parent / "fixtures" / "pages"

WORDS = st.text("abcdefghij éßж“”–’&<>\"'1234567890", min_size=1, max_size=60).filter(str.strip)
NOISE = st.sampled_from(
    ["<!-- no > words -->", "<script>if (a<b) say('<p>')</script>", "<br>", "\n\t ", "<b></b>", "<a title='a>b'></a>"]
)


def written(words: str, style: int) -> str:
    """`words` as HTML in one of several spellings."""
    if style == 0:
        return html.escape(words)
    if style == 1:
        return "".join(f"&#{ord(character)};" for character in words)
    if style == 2:
        return "<b class='x>y'>" + html.escape(words) + "</b>"
    return html.escape(words).replace(" ", " \n  <i></i>")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, st.integers(0, 3), NOISE), min_size=1, max_size=12))
def test_the_map_reads_back(paragraphs: list[tuple[str, int, str]]) -> None:
    page = "<title>T</title>" + "".join(f"{noise}<p>{written(words, style)}</p>" for words, style, noise in paragraphs)
    text = "\n\n".join(" ".join(words.split()) for words, _, _ in paragraphs)
    stretches = text_map(page, text)
    assert squeezed(text) == "".join(squeezed(text[stretch.start : stretch.stop]) for stretch in stretches)
    for stretch in stretches:
        raw = page[stretch.page_start : stretch.page_stop]
        raw = re.sub(r"(?s)<!--.*?-->|<script>.*?</script>|<[^<>'\"]*(?:'[^']*'[^<>'\"]*)*>", "", raw)
        assert squeezed(html.unescape(raw)) == squeezed(text[stretch.start : stretch.stop])


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_every_fixture_is_mapped(path: Path) -> None:
    data = path.read_bytes()
    text = read_page(Source(id=path.name, page=data)).text
    stretches = text_map(clean_characters(decode(data).html), text)
    mapped = sum(len(squeezed(text[stretch.start : stretch.stop])) for stretch in stretches)
    assert mapped >= 0.995 * len(squeezed(text))


def test_a_headline_that_is_only_in_the_head() -> None:
    [stretch] = text_map("<title>Dam &amp; bridge gone - Gazette</title><p>x", "Dam & bridge gone")
    assert (stretch.page_start, stretch.page_stop) == (7, 28)


def test_words_under_an_override_are_mapped() -> None:
    page = "<p>The fire hurt &#8238;041&#8236; people</p>"
    assert squeezed("The fire hurt 140 people") == "".join(squeezed(word) for word in [visible(page).characters])
    assert place(visible(page), "140") == (page.index("041"), page.index("041") + 3)


def test_what_is_not_on_the_page_is_not_mapped() -> None:
    assert text_map("<p>Five men died in the blast.</p>", "Nobody has ever said these words here.") == []


def test_the_part_that_is_on_the_page_is_mapped() -> None:
    page = "<p>Five men died in the blast at the market <svg>x</svg>in the old town of Example.</p>"
    text = "Five men died in the blast at the market [picture] in the old town of Example."
    mapped = [text[stretch.start : stretch.stop] for stretch in text_map(page, text)]
    assert "".join(mapped).replace(" ", "").startswith("Fivemendiedintheblastatthemarket")


def test_place_of_words() -> None:
    page = "<nav>Home</nav><p>Read&nbsp;more <b>here</b>.</p>"
    found = place(visible(page), "Read more here.")
    assert found is not None
    assert page[found[0] : found[1]] == "Read&nbsp;more <b>here</b>."


def test_unclosed_elements_end_nothing_in_silence() -> None:
    assert visible("<p>One</p><!-- never closed <p>Two</p>").characters == "One"
    assert visible("<p>One</p><script>never closed <p>Two</p>").characters == "One"
    assert visible("a < b and <c").characters == "a<band<c"
