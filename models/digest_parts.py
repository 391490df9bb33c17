"""What each digest is made of, and the policies of each run: stored once, so that a diff can name the file behind it.

A digest says only that the code of two readings differs. Its parts (files, lexicons, libraries, a gazetteer's version)
say in what. Policies are no part of any reading; a run notes which ones its figures were shown under.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from dateline.models.ids import content_id
from dateline.models.ledger import Ledger
from dateline.models.policies import policies
from dateline.models.store_connection import Connection, append, transaction

COLUMNS = ("field", "digest", "part", "value")
POLICIES = "policies"  # the field of parts that hold a policy each, whole, as JSON

Part = tuple[str, str, str, str]


def parts_of(digests: Mapping[str, str], parts: Mapping[str, Mapping[str, str]]) -> list[Part]:
    """The rows of some digests: field, digest, part and its hash or version."""
    return sorted(
        (field, digests[field], part, value)
        for field, own in parts.items()
        if field in digests
        for part, value in own.items()
    )


@cache
def policy_parts() -> tuple[Part, ...]:
    """The rows of the policies in force; their digest is the same for the same policies."""
    known = policies()
    texts = {f"models/policies/{one['name']}.yml": _json(one) for one in known}
    digest = content_id("policies", *(word for pair in sorted(texts.items()) for word in pair))
    return tuple(sorted((POLICIES, digest, part, text) for part, text in texts.items()))


def begin(connection: Connection, ledger: Ledger, run_id: int, parts: Mapping[str, Mapping[str, str]]) -> None:
    """Keep, in the ledger first, what is not known of the code and the policies that a run begins with."""
    said = connection.execute("SELECT digests FROM run WHERE run_id = ?", [run_id]).fetchone()
    policy = policy_parts()
    fresh = _fresh(connection, [*parts_of(json.loads(said[0]) if said else {}, parts), *policy])
    before = connection.execute("SELECT digest FROM run_policies WHERE run_id = ?", [run_id]).fetchone()
    if fresh or before != (policy[0][1],):
        ledger.write("parts", run_id=run_id, rows=fresh, policies=policy[0][1])
        with transaction(connection):
            note_parts(connection, run_id, fresh, policy[0][1])


def _fresh(connection: Connection, parts: Iterable[Part]) -> list[Part]:
    there = set(connection.execute("SELECT DISTINCT field, digest FROM digest_part").fetchall())
    return [part for part in parts if (part[0], part[1]) not in there]


def note_parts(connection: Connection, run_id: int, parts: Iterable[Part], policy: str | None) -> None:
    """The rows of what is not kept yet, and the run's policies by their digest."""
    append(connection, "digest_part", list(COLUMNS), _fresh(connection, parts))
    if policy is not None:
        connection.execute("INSERT OR REPLACE INTO run_policies VALUES (?, ?)", [run_id, policy])


def noted(connection: Connection, run_id: int) -> tuple[list[Part], str | None]:
    """The parts of the digests and policies of a run, as they are kept, and the digest of the policies."""
    row = connection.execute("SELECT digest FROM run_policies WHERE run_id = ?", [run_id]).fetchone()
    said = connection.execute("SELECT digests FROM run WHERE run_id = ?", [run_id]).fetchone()
    digests = dict(json.loads(said[0])) if said else {}
    if row:
        digests[POLICIES] = row[0]
    query = "SELECT field, digest, part, value FROM digest_part ORDER BY ALL"
    rows = [part for part in connection.execute(query).fetchall() if digests.get(part[0]) == part[1]]
    return rows, row[0] if row else None


def changed_parts(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The parts of two digests that differ, or that only one has."""
    return sorted(part for part in before.keys() | after.keys() if before.get(part) != after.get(part))


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
