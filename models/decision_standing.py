"""How one decision stands to a text and to what the machine reads in it. Pure.

Words are looked for first where they stood. Where the article has a new text, the quote must be found in it with the
same words around it: half of the context at least, and in no other place as well; or else it is an orphan.
"""

from collections.abc import Mapping
from typing import Any

from dateline.models.decision import CONTEXT, INCIDENTS, Decision, State
from dateline.models.decision_values import added, consequences, kinds, same
from dateline.models.ids import content_id

Values = Mapping[str, Any]


def context(text: str, start: int, stop: int) -> tuple[str, str]:
    """What stands around `text[start:stop]`, CONTEXT characters on either side."""
    return text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT]


def found_again(decision: Decision, text: str) -> int | None:
    """Where the words of a decision stand in another text; None where they do not, or nobody can say where."""
    if not decision.quote:
        return None
    scored: list[tuple[int, int]] = []
    at = text.find(decision.quote)
    while at >= 0:
        scored.append((_alike(decision, text, at), at))
        at = text.find(decision.quote, at + 1)
    scored.sort(reverse=True)
    needed = (len(decision.before) + len(decision.after) + 1) // 2
    if not scored or scored[0][0] < needed or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _alike(decision: Decision, text: str, start: int) -> int:
    """How many characters around the quote are the same, counted from it outwards."""
    before, after = context(text, start, start + len(decision.quote))
    return _shared(decision.before[::-1], before[::-1]) + _shared(decision.after, after)


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def fact_called(field: str, text_id: str, start: int, stop: int, row: Values) -> str:
    """The id of a fact at another place, as models/ids.py makes it: of a toll its outcome is part of it."""
    distinct = (row["outcome"],) if row.get("outcome") is not None else ()
    return content_id("fact", text_id, field, start, stop, *distinct)


def state_of(decision: Decision, machine: Values | None) -> State:
    """Applied or stale, for words that are still there; `machine` is what is read there now."""
    if decision.verdict == "add":
        return "applied" if machine is None or same(decision.field, decision.corrected, machine) else "stale"
    if machine is None:
        return "applied" if decision.verdict == "reject" else "stale"
    if same(decision.field, judged(decision), machine):
        return "applied"
    came_round = decision.verdict == "correct" and same(decision.field, human_values(decision), machine)
    return "applied" if came_round else "stale"


def judged(decision: Decision) -> dict[str, Any]:
    """The values that a decision is on: those that the reviewer saw, or the whole row where it is not said."""
    known = kinds(decision.field)
    seen = {name: value for name, value in decision.judged.items() if name in known}
    return seen or {name: value for name, value in decision.machine.items() if name in known}


def human_values(decision: Decision) -> dict[str, Any]:
    """What is right, in the words of a reviewer: what was judged, with the corrections; {} for a rejection."""
    if decision.verdict == "reject":
        return {}
    if decision.verdict == "add":
        return dict(decision.corrected)
    return {**judged(decision), **decision.corrected}


def laid_over(decision: Decision, machine: Values | None, *, fact: str, start: int, stop: int) -> dict[str, Any]:
    """The whole row as a reviewer leaves it, at its place of now: for a fact, whose words are still there.

    The machine's span, rule and evidence stay where the value does; a value that a person gave has a rule that says so.
    """
    if decision.verdict == "add":
        row = dict(machine) if machine is not None else added_row(decision, fact)
        row = consequences(decision.field, row, decision.corrected)
    else:
        row = dict(machine) if machine is not None else dict(decision.machine)
        row = {**row, **judged(decision)}
        if decision.verdict == "correct":
            row = consequences(decision.field, row, decision.corrected)
    row |= {"id": fact, "start": start, "stop": stop, "quote": decision.quote}
    if decision.verdict != "accept" or machine is None or not same(decision.field, row, machine):
        row["rule"] = f"human.{decision.verdict}"
    return row


def added_row(decision: Decision, fact: str) -> dict[str, Any]:
    """The row of a fact that the machine does not have."""
    return {"rule": "human.add", **added(decision.field, decision.corrected, quote=decision.quote, fact_id=fact)}


def opinion(decision: Decision, row: Values | None) -> tuple[Any, ...]:
    """What a decision comes to, to be compared with another reviewer's."""
    if row is None:
        return ("reject",)
    known = kinds(decision.field)
    if decision.field == INCIDENTS:
        row = human_values(decision)
    return ("value", *sorted((name, str(value)) for name, value in row.items() if name in known and value is not None))
