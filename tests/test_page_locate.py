"""The map from a text to its page: what a mapped range holds, tags and white space aside, is the text."""

from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.locate import Stretch, map_text
from dateline.extractors.page.stream import visible


def mapped(page: str, text: str) -> list[Stretch]:
    return map_text(page, text).stretches(0, len(text))


def words(page: str, text: str) -> list[str]:
    return [text[stretch.start : stretch.stop] for stretch in mapped(page, text)]


def test_a_headline_that_is_only_in_the_head() -> None:
    [stretch] = mapped("<title>Dam &amp; bridge gone - Gazette</title><p>x", "Dam & bridge gone")
    assert (stretch.page_start, stretch.page_stop) == (7, 28)


def test_a_headline_that_the_page_shows_in_part() -> None:
    page = "<title>Before you continue to The Gazette</title><h1>Before you continue</h1>"
    [stretch] = mapped(page, "Before you continue to The Gazette")
    assert page[stretch.page_start : stretch.page_stop] == "Before you continue to The Gazette"


def test_words_under_an_override_are_mapped_with_it() -> None:
    for page in ("<p>It hurt &#8238;041&#8236; people</p>", "<p>It hurt \u202e041\u202c people</p>"):
        [stretch] = map_text(page, "It hurt 140 people").stretches(8, 11)
        assert "041" in page[stretch.page_start : stretch.page_stop]
        assert visible(page[stretch.page_start : stretch.page_stop]).characters == "140"


def test_words_that_an_element_turns_round_are_mapped_with_it() -> None:
    page = "<p>It hurt <BDO class=x dir=RTL>0<b>4</b>1</BDO> people, <bdo dir='ltr'>five</bdo> <bdo dir=rtl>badly</p>"
    [stretch] = map_text(page, "It hurt 140 people").stretches(8, 11)
    assert page[stretch.page_start : stretch.page_stop] == "<BDO class=x dir=RTL>0<b>4</b>1</BDO>"
    assert visible(page).characters == "Ithurt140people,fivebadly"


def test_what_is_not_on_the_page_is_not_mapped() -> None:
    assert mapped("<p>Five men died in the blast.</p>", "Nobody has ever said these words here.") == []


def test_the_part_that_is_on_the_page_is_mapped() -> None:
    page = "<p>Five men died in the blast at the market <svg>x</svg>in the old town of Example.</p>"
    text = "Five men died in the blast at the market [picture] in the old town of Example."
    assert words(page, text) == [
        "Five men died in the blast at the market",
        "in the old town of Example.",
    ]


def test_a_formula_and_the_mark_of_a_note_are_left_out() -> None:
    page = "<p>Of all<sup>3</sup> the men <math>x_i</math> at the dam, <sup>[12]</sup>five died.</p>"
    assert words(page, "Of all the men at the dam, five died.") == ["Of all", "the men", "at the dam,", "five died."]


def test_a_quote_that_occurs_before_is_mapped_where_it_stands() -> None:
    page = "<nav>Five men</nav><p>At the dam <b>Five</b> men&nbsp;died, and then Five men came.</p>"
    text = "At the dam Five men died, and then Five men came."
    places = [map_text(page, text).stretches(start, start + 8) for start in (11, 35)]
    assert [page[place.page_start : place.page_stop] for [place] in places] == ["Five</b> men", "Five men"]
    assert places[1][0].page_start == page.rindex("Five men")


def test_a_quote_over_two_blocks_has_two_stretches() -> None:
    text = "The dam broke\n\nFive men died."
    found = map_text("<h1>The dam broke</h1><p>Share</p><p>Five men died.</p>", text).stretches(4, 19)
    assert [text[part.start : part.stop] for part in found] == ["dam broke", "Five"]


def test_long_text_nodes_are_looked_into_in_parts() -> None:
    text = "Five &amp; six men died. " * 2000
    shown = " ".join(text.replace("&amp;", "&").split())
    stretches = map_text(f"<p>{text}</p>", shown).stretches(0, len(shown))
    assert "".join(squeezed(shown[part.start : part.stop]) for part in stretches) == squeezed(shown)


def test_unclosed_elements_end_nothing_in_silence() -> None:
    assert visible("<p>One</p><!-- never closed <p>Two</p>").characters == "One"
    assert visible("<p>One</p><script>never closed <p>Two</p>").characters == "One"
    assert visible("<p>One</p><svg>never closed <p>Two</p>").characters == "OneneverclosedTwo"
    assert visible("a < b and <c").characters == "a<band<c"
