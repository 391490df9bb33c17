"""Pages that are no article: each kind known with its reason, and news that says the same words read as news."""

import pytest

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page import classify, read_page
from dateline.models.article import Article, Source

NEWS = (
    "<p>Five men died on Thursday when the dam above the village broke, the provincial governor said on Friday.</p>"
    "<p>The water came at night, and it took the bridge, the school and most of the houses by the river with it.</p>"
)
STORY = "".join(NEWS.replace("village", town).replace("river", town) for town in ("Okara", "Sibi", "Loralai", "Zhob"))
LD = '<script type="application/ld+json">{{"@type": "{}"}}</script>'
LOGIN = "<form>E-mail<input type=email>Password<input type=password></form>"
OFFER = "<form>Sign up for our newsletter<input type=email></form>"
VIDEO = "<p>Three traders tell how the fire came to the market of the town, and why nobody had water.</p>"

FRENCH = [
    "Le barrage a cédé dans la nuit de jeudi et cinq hommes sont morts dans la vallée, a dit le préfet de la région.",
    "Les eaux ont emporté le pont, l’école et la plupart des maisons qui se trouvaient au bord de la rivière.",
    "« Nous l’avons entendu avant de le voir », a dit un professeur, dont le frère est porté disparu dans la vallée.",
]


def read(title: str, body: str, url: str | None = None) -> Article:
    page = f"<html lang=en><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return read_page(Source(id="x", page=page.encode(), url=url))


def cards(count: int) -> str:
    """Teasers: a linked title, and a paragraph of its story."""
    told = "<p>The vote in house {} was taken at noon, and nobody who lives in it had been told of it before.</p>"
    return "".join(f"<div><a href=/{n}>Minister {n} goes at last</a>{told.format(n)}</div>" for n in range(count))


def pictures(count: int) -> str:
    return "".join(
        f"<figure><img src={n}><figcaption>Tents number {n} in the snow</figcaption></figure>" for n in range(count)
    )


def reports(count: int) -> str:
    return "".join(
        f"<div><time>1{n}:20</time><h2>Report {n}</h2>{NEWS.replace('Five', str(n))}</div>" for n in range(count)
    )


KINDS = [
    ("page.none.live_type", "Storm", LD.format("LiveBlogPosting") + STORY),
    ("page.none.lost", "Page not found", "<p>Sorry, the page you requested could not be found. It may have moved.</p>"),
    (
        "page.none.lost",
        "Gazette",
        "<p>We are sorry. This article is no longer available, its time on our site is over.</p>",
    ),
    ("page.none.failing", "503 Service Unavailable", "<p>The server is busy and cannot answer you at this time.</p>"),
    (
        "page.none.failing",
        "Gazette",
        "<p>Our website is currently undergoing scheduled maintenance. Come back at noon.</p>",
    ),
    (
        "page.none.region",
        "Gazette",
        "<p>This content is not available in your region, for reasons of the law there.</p>",
    ),
    (
        "page.none.robot",
        "Just a moment...",
        "<p>We are checking your browser before you go on. It takes five seconds.</p>",
    ),
    (
        "page.none.robot",
        "Gazette",
        "<p>Please confirm that you are human to go on to the page which you asked for.</p>",
    ),
    (
        "page.none.script",
        "Gazette",
        "<p>You need to enable JavaScript to run this page, and then to load it again.</p>",
    ),
    (
        "page.none.consent",
        "Gazette",
        "<p>We and our partners use cookies. With your consent we store personal data and cookies.</p>",
    ),
    ("page.none.paywall", "Dam breaks", NEWS + "<p>Subscribe now to read the whole story.</p>"),
    ("page.none.paywall", "Dam breaks", NEWS + "<p>Unlock this article with a free trial of one month.</p>"),
    ("page.none.paywall", "Dam breaks", NEWS + "<div class=regwall>Register and go on for nothing.</div>"),
    ("page.none.login", "Log in to the Gazette", f"<p>Good to see you again at the Gazette.</p>{LOGIN}"),
    ("page.none.newsletter", "The Gazette's newsletters", f"<p>One letter a day, and nothing else in it.</p>{OFFER}"),
    ("page.none.video", "The night the market burned", LD.format("VideoObject") + VIDEO),
    ("page.none.gallery_type", "The week in pictures", LD.format("ImageGallery") + VIDEO),
]


@pytest.mark.parametrize(("kind", "title", "body"), KINDS)
def test_what_is_no_article(kind: str, title: str, body: str) -> None:
    article = read(title, body)
    assert (article.result, article.reason) == ("not_article", reasons()[kind])


def test_every_kind_has_an_example() -> None:
    assert set(reasons()) == {kind for kind, _, _ in KINDS}


def reasons() -> dict[str, str]:
    return {entry["id"]: entry["reason"] for entry in load_yaml(classify.KINDS)}


@pytest.mark.parametrize(
    ("title", "body", "words"),
    [
        ("Delta Herald", cards(8), "list of stories"),
        (
            "People we lost",
            "<ul>" + "<li><a href=/a>Anna Example, 84, of Sibi</a></li>" * 12 + "</ul>",
            "list of stories",
        ),
        ("Storm: live updates", reports(6), "live page"),
        ("The week in pictures", VIDEO + pictures(8), "gallery"),
        ("Feed", "<rss><channel><item><title>Dam breaks</title></item></channel></rss>" + NEWS, "feed"),
    ],
)
def test_what_shows_by_its_shape(title: str, body: str, words: str) -> None:
    article = read(title, body)
    assert article.result == "not_article"
    assert words in (article.reason or "")


def test_a_list_shows_by_its_address() -> None:
    teasers = "".join(f"<h3><a href=/{n}>Minister {n} goes</a></h3><p>He is number {n} to go.</p>" for n in range(9))
    article = read("Asia", teasers + NEWS, "https://gazette.example/category/asia")
    assert (article.result, article.reason) == ("not_article", classify.LIST)


def test_another_language() -> None:
    article = read("Le barrage a cédé", "".join(f"<p>{words}</p>" for words in FRENCH))
    assert (article.result, article.reason) == ("not_article", "the text is in another language than English: fr")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Access denied to valley", NEWS),
        ("404 people died in floods", NEWS),
        ("Body not found after dam breaks", NEWS),
        ("Army post has been moved, villagers say", NEWS),
        ("Phone service unavailable for a week", NEWS),
        ("Ministers live in fear of the dam", NEWS + "<p>10:20</p><p>11:20</p><p>12:20</p><p>13:20</p><p>14:20</p>"),
        ("Six men log in with stolen passwords", STORY + LOGIN),
        ("Newsletter of the guerrillas seized", STORY + OFFER),
        ("Dam breaks", NEWS + "<p>Please enable JavaScript to view the comments.</p>"),
        ("Dam breaks", NEWS + "<p>Already a subscriber? Log in</p>"),
        ("Dam breaks", STORY + "<p>Subscribe now to read more of our stories in full.</p>"),
        ("Dam breaks", LD.format("VideoObject") + STORY),
        ("Dam breaks", STORY + pictures(9)),
        ("Dam breaks", STORY + cards(5)),
        (
            "Consent of the vendors",
            "<p>Nobody asked the vendors for their consent, and nine of them died in it.</p>" + NEWS,
        ),
    ],
)
def test_news_with_the_same_words_is_read(title: str, body: str) -> None:
    article = read(title, body)
    assert (article.result, article.reason) == ("read", None)


@pytest.mark.parametrize(
    "body",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<div id='__next'></div><script>start()</script>",
    ],
)
def test_a_page_that_scripts_would_fill(body: str) -> None:
    article = read_page(Source(id="x", page=f"<html><head></head><body>{body}</body></html>".encode()))
    assert (article.result, article.reason) == ("empty", "the page shows nothing without JavaScript")
