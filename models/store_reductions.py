"""What each policy would record of the incidents in the store, and where sources contradict each other.

The figures are views (reductions.sql), made anew from the policies whenever a store is opened for writing.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateline.models.policies import policies, policy_views
from dateline.models.store_connection import Connection, dicts

_VIEWS = Path(__file__).parent / "reductions.sql"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A named way to make figures of claims; `after` is the document that it follows."""

    policy: str
    version: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Reduction:
    """One figure that a policy would record of an incident. `value` None: by this policy no number can be recorded;
    `words` are the claims as written, `facts` the ids of those that the toll rests on."""

    policy: str
    version: str
    incident_id: str
    name: str
    outcome: str
    value: int | None
    words: str
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Two claims of one incident that cannot both be true, and who makes them (None: the article itself).

    `kind`: two figures exclude each other ("figure"), or the same people are taken for civilians and for fighters
    ("status").
    """

    incident_id: str
    outcome: str
    kind: Literal["figure", "status"]
    one_id: str
    one_quote: str
    one_attribution: str | None
    other_id: str
    other_quote: str
    other_attribution: str | None


def make_views(connection: Connection) -> None:
    """Make the views of all policies; after views.sql, on which they stand."""
    connection.execute(policy_views(policies()))
    connection.execute(_VIEWS.read_text(encoding="utf-8"))


def known_policies(connection: Connection) -> list[Policy]:
    """The policies that the store's views were made from, by name."""
    return [Policy(**row) for row in dicts(connection, "FROM policy ORDER BY policy")]


def reductions(connection: Connection, *, policy: str | None = None) -> list[Reduction]:
    """Every figure of one policy, or of all, by incident and in the policy's own order."""
    rows = dicts(
        connection,
        """
        SELECT DISTINCT policy, version, incident_id, position, name, outcome, value, words, facts
        FROM reduction WHERE policy = coalesce(?, policy) ORDER BY incident_id, policy, position
        """,
        [policy],
    )
    return [
        Reduction(**{**row, "facts": tuple(row["facts"] or ())})
        for row in ({key: value for key, value in row.items() if key != "position"} for row in rows)
    ]


def contradictions(connection: Connection) -> list[Contradiction]:
    """Every pair of claims that cannot both be true, by incident."""
    columns = ", ".join(Contradiction.__dataclass_fields__)
    query = f"SELECT DISTINCT {columns} FROM contradiction ORDER BY incident_id, outcome, one_id, other_id"
    return [Contradiction(**row) for row in dicts(connection, query)]
