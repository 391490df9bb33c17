"""Incidents that need not be gathered again: the fields were read anew, and what they found is what they found before.

Incidents are made of the facts of all fields. Where the rules of one have changed, and in this text it finds just the
same, the incidents are the same too, as long as their own code is: then the rows are copied under the new reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.models.rerun import Wanted
from dateline.models.store_connection import Connection, append, transaction
from dateline.models.store_rows import INCIDENTS, Row, reading_key

TABLES = ("incident", "incident_fact", "incident_group", "incident_leader", "sentence")
_FIELD = "field "  # how the part of a digest begins that names another field's digest
_READING = ["reading_id", "text_id", "published", "published_from", "unread", "field", "digest", "rows_sha256"]


@dataclass
class _Text:
    """The readings of one text under one anchor, by field and digest: id, and the hash of what was found."""

    readings: dict[tuple[str, str], tuple[str, str | None]] = field(default_factory=dict)

    def found(self, name: str, digest: str) -> str | None:
        """A hash of what the code of this digest found; None where it has not read the text."""
        return self.readings.get((name, digest), ("", None))[1]


def copy_incidents(connection: Connection, wanted: Sequence[Wanted], digests: Mapping[str, str]) -> dict[str, str]:
    """Copy what can be copied for these texts, in one transaction; returns the new readings' ids by `again_key`."""
    before = _before(connection, digests)
    if not before or not wanted:
        return {}
    copies: dict[str, tuple[str, Row]] = {}
    for key, (one, text) in _texts(connection, wanted).items():
        if INCIDENTS not in one.missing or (INCIDENTS, digests[INCIDENTS]) in text.readings:
            continue
        for digest, fields in before.items():
            old, sha = text.readings.get((INCIDENTS, digest), ("", None))
            if sha is not None and all(_same(text, name, fields[name], digests[name]) for name in fields):
                new = reading_key(str(one.text_id), *one.anchor, INCIDENTS, digests[INCIDENTS])
                copies[key] = old, (*new, sha)
                break
    with transaction(connection):
        _copy(connection, copies.values())
    return {key: row[0] for key, (_, row) in copies.items()}


def _same(text: _Text, name: str, before: str, now: str) -> bool:
    found = text.found(name, now)
    return found is not None and found == text.found(name, before)


def _before(connection: Connection, digests: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Digests of incidents whose own code is that of today, each with the digests of the fields it was made with."""
    rows = connection.execute("SELECT digest, part, value FROM digest_part WHERE field = ? ORDER BY ALL", [INCIDENTS])
    own: dict[str, list[tuple[str, str]]] = {}
    fields: dict[str, dict[str, str]] = {}
    for digest, part, value in rows.fetchall():
        if part.startswith(_FIELD):
            fields.setdefault(digest, {})[part.removeprefix(_FIELD)] = value
        else:
            own.setdefault(digest, []).append((part, value))
    today = digests[INCIDENTS]
    return {
        digest: made_with
        for digest, made_with in fields.items()
        if digest != today and own.get(digest) == own.get(today) and made_with.keys() <= digests.keys()
    }


def _texts(connection: Connection, wanted: Iterable[Wanted]) -> dict[str, tuple[Wanted, _Text]]:
    keys = {(one.text_id, *one.anchor): one for one in wanted}
    rows = connection.execute(
        """SELECT text_id, published, published_from, unread, field, digest, reading_id, rows_sha256 FROM reading
        WHERE text_id IN (SELECT unnest(?::VARCHAR[]))""",
        [[key[0] for key in keys]],
    ).fetchall()
    found = {one.again_key: (one, _Text()) for one in keys.values()}
    for text, published, since, unread, name, digest, reading_id, sha in rows:
        if one := keys.get((text, published, since, unread)):
            found[one.again_key][1].readings[name, digest] = reading_id, sha
    return found


def _copy(connection: Connection, copies: Iterable[tuple[str, Row]]) -> None:
    rows = list(copies)
    connection.execute("CREATE OR REPLACE TEMP TABLE copied (old_id VARCHAR, new_id VARCHAR)")
    append(connection, "copied", ["old_id", "new_id"], [(old, row[0]) for old, row in rows])
    append(connection, "reading", _READING, [row for _, row in rows])
    for table in TABLES:
        connection.execute(
            f"""INSERT INTO {table} BY NAME SELECT new_id AS reading_id, {table}.* EXCLUDE (reading_id)
            FROM {table} JOIN copied ON old_id = reading_id ORDER BY new_id, position"""
        )
