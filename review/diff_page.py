"""The page on which people read what became different between two runs: one HTML file that needs nothing else.

Every change is on it as plain HTML; the script only filters. The page may run nothing and load nothing but what is in
it (its Content-Security-Policy names its own script and style by their hashes), whatever stands in an article.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

from dateline.models.diff import Change, Diff, Moved
from dateline.review.diff_words import UNSAID, because_words, change_link, differences, headline, what_it_is

MOST = 2000  # cards on a page: beyond, browsers become slow to filter; the CSV has all
_FOLDER = Path(__file__).with_name("diff")
_MOST_CAUSES = 5


def diff_page(diff: Diff, *, most: int = MOST) -> str:
    """The page of a diff, its most important changes first; of more than `most` the others are only counted."""
    style, script = (_FOLDER.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    listed = diff.changes[:most]
    title = f"Run {diff.before.run_id} → run {diff.after.run_id}: what changed"
    return Template(_FOLDER.joinpath("page.html").read_text(encoding="utf-8")).substitute(
        title=escape(title),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        runs=_runs(diff),
        notes="".join(f'<p class="note">{escape(note)}</p>' for note in _notes(diff)),
        tally=_tally(diff.changes),
        summary=_summary(diff),
        parts=_parts(diff),
        moved=_moved(diff.moved),
        fields=_options(change.field for change in listed),
        causes=_options(cause for change in listed for cause in _causes(change)),
        sources=_options(source for change in listed for source in _sources(change)),
        kinds=_options(change.kind for change in listed),
        cut=_cut(len(diff.changes), len(listed)),
        cards="\n".join(_card(change) for change in listed),
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _runs(diff: Diff) -> str:
    sides = [
        f"run {side.run_id} ({escape(side.kind)}, {side.started_at:%Y-%m-%d %H:%M} UTC): {side.articles:,} articles, "
        f"{side.counted:,} facts, {side.facts.get('incidents', 0):,} incidents"
        for side in (diff.before, diff.after)
    ]
    how = "The store as it stood after each run." if diff.whole else "What each run read or met."
    return f"{how}<br>{'<br>'.join(sides)}"


def _notes(diff: Diff) -> list[str]:
    lost = len(diff.unexplained)
    if not lost:
        return diff.notes
    said = "1 change has" if lost == 1 else f"{lost:,} changes have"
    return [
        *diff.notes,
        f"{said} no cause: nothing that these values are made from differs. `dateline verify` says more.",
    ]


def _tally(changes: Iterable[Change]) -> str:
    counted = Counter(change.kind for change in changes)
    if not counted:
        return "Nothing is different."
    return ", ".join(f'<b class="{kind}">{counted[kind]:,}</b> {kind}' for kind in ("changed", "gained", "lost"))


def _summary(diff: Diff) -> str:
    if not diff.changes:
        return ""
    rows = [
        f"<tr><th scope=row>{escape(field)}</th><td>{escape(cause)}</td>"
        + "".join(
            f"<td class=n>{counted[kind] or UNSAID:{',' if counted[kind] else ''}}</td>"
            for kind in ("changed", "gained", "lost")
        )
        + "</tr>"
        for (field, cause), counted in sorted(diff.counted().items())
    ]
    head = "<th scope=col>field</th><th scope=col>cause</th>"
    head += "".join(f"<th scope=col class=n>{kind}</th>" for kind in ("changed", "gained", "lost"))
    return f"<table><thead><tr>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _parts(diff: Diff) -> str:
    if not diff.parts:
        return ""
    rows = "".join(
        f"<tr><th scope=row>{escape(field)}</th><td>{escape(one.cause)}</td>"
        f"<td><code>{escape(one.what)}</code></td></tr>"
        for field, parts in diff.parts.items()
        for one in parts
    )
    count = len({one.what for parts in diff.parts.values() for one in parts})
    files = "1 file or library differs" if count == 1 else f"{count:,} files or libraries differ"
    opened = " open" if count <= 6 else ""
    table = f"<div class=wide><table>{rows}</table></div>"
    return f"<details{opened}><summary>{files} between the two runs</summary>{table}</details>"


def _moved(moved: Iterable[Moved]) -> str:
    rows = "".join(f"<li>{escape(moved_words(one))}</li>" for one in moved)
    return (
        f"<details><summary>Persons and events that were merged, split or lost</summary><ul>{rows}</ul></details>"
        if rows
        else ""
    )


def moved_words(one: Moved) -> str:
    """What became of a person or an event, in a line."""
    name = f"{one.name or ''} ({one.id[:8]})".strip()
    other = f"{one.other_name or ''} ({(one.other_id or '')[:8]})".strip()
    said = {"merged": f"is now part of {other}", "split": f"was split; a part is now {other}", "gone": "is gone"}
    return f"run {one.run_id}: {one.what} {name} {said.get(one.kind, one.kind)}"


def _causes(change: Change) -> list[str]:
    return list(dict.fromkeys(because.cause for because in change.causes)) or ["unexplained"]


def _sources(change: Change) -> list[str]:
    return list(dict.fromkeys(one for one in (change.source, change.publisher) if one))


def _options(values: Iterable[str]) -> str:
    counted = Counter(values)
    return "".join(
        f'<option value="{escape(value)}">{escape(value)} ({count:,})</option>'
        for value, count in sorted(counted.items())
    )


def _cut(whole: int, listed: int) -> str:
    if whole == listed:
        return ""
    return f"<p class=note>The {listed:,} most important of {whole:,} changes; a CSV (--format csv) has all.</p>"


def _card(change: Change) -> str:
    kinds = "\t".join(_causes(change))
    sources = "\t".join(_sources(change))
    link = change_link(change)
    about = [escape(one) for one in (change.source or change.publisher, change.published) if one]
    rules = " → ".join(f"<code>{escape(rule)}</code>" for rule in change.rules)
    about += [f"rule {rules}"] if rules else []
    about += [f"<code>{escape(change.id[:8])}</code>"]
    about += (
        [f'<a class="live" href="{escape(link)}" rel="noreferrer" target="_blank">open the page there</a>']
        if link
        else []
    )
    title = change.title or change.input_id or "an article"
    label = escape(f"{change.kind}: {headline(change)}")
    return (
        f'<li class="card {change.kind}" tabindex="0" data-field="{escape(change.field)}" data-kind="{change.kind}" '
        f'data-cause="{escape(kinds)}" data-source="{escape(sources)}" aria-label="{label}">'
        f'<div class="top"><span class="kind">{change.kind}</span><span>{escape(what_it_is(change))}</span>'
        f"<h3>{escape(title)}</h3></div>"
        f"<dl class=values>{_values(change)}</dl>{_sentence(change)}{_why(change)}"
        f'<p class="about">{" · ".join(about)}</p></li>'
    )


def _values(change: Change) -> str:
    rows = []
    for name, before, after in differences(change):
        label = name or {"gained": "now", "lost": "was"}.get(change.kind, "value")
        if change.kind == "changed":
            said = f"{_value(before, 'from')} → {_value(after, 'to')}"
        else:
            said = _value(before, "from") if change.kind == "lost" else _value(after, "to")
        rows.append(f"<dt>{escape(label)}</dt><dd>{said}</dd>")
    return "".join(rows)


def _value(words: str, name: str) -> str:
    tag = "del" if name == "from" else "ins"  # so that a screen reader can say which is which
    return f'<{tag} class="{name}">{escape(words)}</{tag}>' if words else '<span class="unsaid">not said</span>'


def _sentence(change: Change) -> str:
    """The words as they are read now; and where the earlier value was read from others, those before them."""
    shown = [("", change.sentence)] if change.was is None else [("before: ", change.was), ("now: ", change.sentence)]
    return "".join(
        f"<blockquote>{f'<span class=about>{label}</span>' if label else ''}"
        f"{escape(before)}<mark>{escape(words)}</mark>{escape(after)}</blockquote>"
        for label, (before, words, after) in shown
        if words
    )


def _why(change: Change) -> str:
    rows = []
    for line in because_words(change, most=_MOST_CAUSES):
        cause, colon, what = line.partition(": ")
        name = "chip unexplained" if cause == "unexplained" else "chip"
        rows.append(
            f'<li><span class="{name}">{escape(cause)}</span>{escape(what)}</li>'
            if colon
            else f"<li>{escape(line)}</li>"
        )
    return f"<ul class=why>{''.join(rows)}</ul>"
