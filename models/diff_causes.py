"""Why a value is another one: from the digests and inputs of both sides to the file, page or run behind it. Pure.

A reading depends on its text, its anchor and its digest, and on nothing else. So the causes of a change are what
differs among these; where only one of them differs, the cause is certain, else it is one of those named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.models.diff import Because, Cause
from dateline.models.digest_parts import changed_parts

PAGE = "page"
FIELD = "field "  # how a part of the incidents' digest begins that is another field's digest
UNKNOWN = "another version of the code, read before its files were noted"
_RULES = ("rules.yml", "grammar.yml", "cues.yml")

Parts = Mapping[tuple[str, str], Mapping[str, str]]  # field and digest to its parts


@dataclass(frozen=True, kw_only=True)
class Input:
    """How an input ended on one side."""

    place: str
    outcome: str
    reason: str | None
    capture_id: str | None
    digest: str | None
    text_id: str | None
    published: str | None
    anchor: str | None


def cause_of_part(field: str, part: str) -> Cause:
    """What kind of a change it is when this part of a field's digest differs."""
    name = part.rpartition("/")[2]
    if part.startswith("library "):
        return "library"
    if name.endswith(".sqlite"):
        return "gazetteer"
    if name.endswith(".py"):
        return "code"
    if name in _RULES or part.startswith("extractors/page/"):
        return "rule"
    return "lexicon"


def digests_apart(parts: Parts, field: str, before: str | None, after: str | None) -> tuple[Because, ...]:
    """What two digests of a field differ in; nothing where they are the same, or where their parts are."""
    if before == after:
        return ()
    if before is None or after is None:
        return (Because(cause="code", what=f"the field {field} is {'new' if before is None else 'gone'}"),)
    one, other = parts.get((field, before)), parts.get((field, after))
    if one is None or other is None:
        return (Because(cause="code", what=UNKNOWN),)
    found: dict[Because, None] = {}
    for part in changed_parts(one, other):
        if part.startswith(FIELD):
            name = part.removeprefix(FIELD)
            found |= dict.fromkeys(digests_apart(parts, name, one.get(part), other.get(part)))
        else:
            found[Because(cause=cause_of_part(field, part), what=_named(field, part, one, other))] = None
    return tuple(sorted(found, key=lambda because: (_shared(field, because.what), because)))


def own_parts_apart(parts: Parts, field: str, before: str | None, after: str | None) -> tuple[Because, ...]:
    """The same without what differs in other fields: what of incidents is their own."""
    kept = {
        (name, digest): {part: value for part, value in own.items() if not part.startswith(FIELD)}
        for (name, digest), own in parts.items()
    }
    return digests_apart(kept, field, before, after)


def _named(field: str, part: str, one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """A part in words: its versions where it has some, and whether it is code that fields share."""
    if part.startswith("library "):
        return f"{part} {one.get(part, 'none')} → {other.get(part, 'none')}"
    shared = " (shared by all fields)" if _shared(field, part) else ""
    if part not in one:
        return f"{part} (new){shared}"
    return f"{part} (gone){shared}" if part not in other else f"{part}{shared}"


def _shared(field: str, part: str) -> bool:
    own = (f"extractors/{field}/", f"models/fields/{field}.py", "models/incident.py", "library ", "DATELINE_LEXICONS/")
    return not part.startswith(own)


def inputs_apart(
    parts: Parts, before: Iterable[Input], after: Iterable[Input], *, runs: tuple[int, int]
) -> tuple[Because, ...]:
    """Why the two sides have another text, or the same under another day, for some inputs: `before` and `after` are
    how these ended on each side, by the same keys, one of them empty where a side never met them."""
    one, other = {item.place: item for item in before}, {item.place: item for item in after}
    if not one or not other:
        which, where = ("first", runs[0]) if not one else ("second", runs[1])
        return (Because(cause="input", what=f"the article is not among the inputs of the {which} run ({where})"),)
    found: dict[Because, None] = {}
    for place in sorted(one.keys() & other.keys()):
        if one[place].anchor != other[place].anchor:
            found |= dict.fromkeys(_input_apart(parts, one[place], other[place], runs))
    if not found:
        found[Because(cause="input", what="other inputs carry the text")] = None
    return tuple(found)


def _input_apart(parts: Parts, one: Input, other: Input, runs: tuple[int, int]) -> Iterable[Because]:
    for side, run in ((one, runs[0]), (other, runs[1])):
        if side.outcome == "failed" or side.digest is None:
            yield Because(cause="input", what=f"it failed in run {run}: {side.reason}")
            return
    how = _how(one, other)
    pages = digests_apart(parts, PAGE, one.digest, other.digest)
    if one.capture_id != other.capture_id:
        yield Because(cause="text", what=how or "the page was changed by its publisher")
    elif not pages:
        return
    for because in pages:
        yield Because(cause=because.cause, what=f"{because.what}: {how or 'another text of the same page'}")


def _how(one: Input, other: Input) -> str:
    """In what the two pages differ, where it is not the text."""
    if one.anchor is None or other.anchor is None:
        without = one if one.anchor is None else other
        return f"{'was' if without is one else 'is'} taken for no article ({without.reason or without.outcome})"
    if one.text_id != other.text_id:
        return ""
    if one.published != other.published:
        return f"published {one.published or 'unknown'} → {other.published or 'unknown'}"
    return "the day's source, or what of the text is furniture"


def narrowed(text: tuple[Because, ...], code: tuple[Because, ...], *, in_both: bool) -> tuple[Because, ...]:
    """The causes of one change where text and code both differ: words that stand in one text only explain it alone."""
    return text if text and not in_both else (*text, *code)


def once(causes: Iterable[Because]) -> tuple[Because, ...]:
    """Each cause once, in their order."""
    return tuple(dict.fromkeys(causes))


def input_of(row: Mapping[str, Any]) -> Input:
    """An input from a row of diff_input."""
    key = "\x1f".join(str(row[name]) for name in ("place", "input_id", "occurrence"))
    names = ("outcome", "reason", "capture_id", "digest", "text_id", "published", "anchor")
    return Input(place=key, **{name: row[name] for name in names})
