"""What people decided, as `dateline evaluate` counts it: by field, rule and source, with the sentence of each value."""

import json
from collections import defaultdict
from pathlib import Path

from dateline.models.decision import INCIDENTS
from dateline.models.decision_values import same
from dateline.models.evaluation import Judged
from dateline.models.fields import fields as field_shapes
from dateline.models.store_connection import Connection, dicts

_QUERY = Path(__file__).with_name("evaluate.sql")
_SENTENCES = """SELECT DISTINCT reading.text_id, sentence.start, sentence.stop
    FROM sentence JOIN reading USING (reading_id)
    WHERE reading.text_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL"""
_TEXTS = "SELECT text_id, text FROM article WHERE text_id IN (SELECT unnest(?::VARCHAR[]))"


def judged(connection: Connection) -> list[Judged]:
    """Every value that was judged or added, by field and place."""
    tables = {**dict.fromkeys(field_shapes()), INCIDENTS: None}
    facts = " UNION ALL ".join(
        f"""SELECT reading.text_id, '{name}' AS field, fact.id
        FROM {"incident" if name == INCIDENTS else name} AS fact JOIN current_reading AS reading USING (reading_id)"""
        for name in tables
    )
    rows = dicts(connection, _QUERY.read_text(encoding="utf-8").replace("{facts}", facts))
    ids = sorted({row["text_id"] for row in rows})
    texts = dict(connection.execute(_TEXTS, [ids]).fetchall())
    sentences: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for text, start, stop in connection.execute(_SENTENCES, [ids]).fetchall():
        sentences[text].append((start, stop))
    found = []
    for row in rows:
        start, stop = row.pop("start"), row.pop("stop")
        quote, before, after = (row.pop(name) for name in ("quote", "before", "after"))
        text = texts.get(row["text_id"])
        touched = [one for one in sentences[row["text_id"]] if one[0] < stop and start < one[1]]
        if text is None or not touched:  # a text that the archive does not give any more: what the decision kept of it
            where = {"sentence": before + quote + after, "start": len(before), "stop": len(before) + len(quote)}
        else:
            first = min(start, touched[0][0])
            sentence = text[first : max(stop, touched[-1][1])]
            where = {"sentence": sentence, "start": start - first, "stop": stop - first}
        row["source"] = row["source"] or "unknown"
        machine, corrected = json.loads(row.pop("machine")), json.loads(row.pop("corrected"))
        if row["verdict"] == "add" and machine:  # the machine had it: the reviewer only said it again, or better
            row["verdict"] = "accept" if same(row["field"], corrected, machine) else "correct"
        found.append(Judged(**row, **where))
    return found
