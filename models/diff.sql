-- What two runs stand on, paired. Before this, diff_run (side, run_id, whole) says which runs each side has: one, or with
-- `whole` all up to it, of which the latest word on each input counts, as in current_page. diff_field (side, field) has
-- the fields that each side's code knows. Temporary tables only: a store that is only read will do.

CREATE OR REPLACE TEMP MACRO anchor_of(text_id, published, published_from, unread) AS
    concat_ws(chr(31), text_id, coalesce(published, ''), coalesce(published_from, ''), unread);

CREATE OR REPLACE TEMP TABLE diff_input AS
SELECT diff_run.side, coalesce(capture.url, outcome.origin) AS place, outcome.input_id, outcome.occurrence,
    outcome.origin, outcome.outcome, outcome.reason, outcome.source, outcome.capture_id, page.digest, page.text_id,
    page.published, page.url, page.title, page.publisher,
    CASE WHEN page.result = 'read'
        THEN anchor_of(page.text_id, page.published, page.published_from, page.unread) END AS anchor
FROM diff_run
JOIN outcome USING (run_id)
LEFT JOIN page ON page.page_id = outcome.page_id
LEFT JOIN capture ON capture.capture_id = outcome.capture_id
WHERE page.page_id IS NOT NULL OR NOT diff_run.whole
QUALIFY rank() OVER (
    PARTITION BY diff_run.side, coalesce(capture.url, outcome.origin), outcome.input_id, outcome.occurrence
    ORDER BY outcome.run_id DESC
) = 1;

-- One row for each text under each anchor, with the first input that carries it.
CREATE OR REPLACE TEMP TABLE diff_anchor AS
FROM diff_input WHERE anchor IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY side, anchor ORDER BY origin, input_id, occurrence) = 1;

CREATE OR REPLACE TEMP TABLE diff_reading AS
SELECT side, anchor, reading_id, field, digest
FROM (
    SELECT diff_run.side, run_id, reading_id, field, digest,
        anchor_of(text_id, published, published_from, unread) AS anchor
    FROM diff_run JOIN run_reading USING (run_id) JOIN reading USING (reading_id)
)
SEMI JOIN diff_anchor USING (side, anchor)
QUALIFY row_number() OVER (PARTITION BY side, anchor, field ORDER BY run_id DESC, reading_id) = 1;

-- The same text under the same anchor is itself. Of what is left, an input's old text is paired with its new one, and a
-- text with itself under another day; each once.
CREATE OR REPLACE TEMP TABLE diff_pair AS
WITH one AS (FROM diff_anchor WHERE side = 'before'),
other AS (FROM diff_anchor WHERE side = 'after'),
lone_one AS (FROM one ANTI JOIN other USING (anchor)),
lone_other AS (FROM other ANTI JOIN one USING (anchor)),
candidate AS (
    SELECT a.anchor AS before, b.anchor AS after, CASE WHEN a.text_id = b.text_id THEN 0 ELSE 1 END AS far
    FROM diff_input AS a
    JOIN diff_input AS b
        ON a.side = 'before' AND b.side = 'after' AND a.place = b.place AND a.input_id = b.input_id
        AND a.occurrence = b.occurrence
    WHERE a.anchor IN (SELECT anchor FROM lone_one) AND b.anchor IN (SELECT anchor FROM lone_other)
    UNION ALL
    SELECT a.anchor, b.anchor, 2 FROM lone_one AS a JOIN lone_other AS b USING (text_id)
),
first AS (FROM candidate QUALIFY row_number() OVER (PARTITION BY before ORDER BY far, after) = 1),
chosen AS (FROM first QUALIFY row_number() OVER (PARTITION BY after ORDER BY far, before) = 1)
SELECT anchor AS before, anchor AS after FROM one SEMI JOIN other USING (anchor)
UNION ALL SELECT before, after FROM chosen
UNION ALL SELECT anchor, NULL FROM lone_one WHERE anchor NOT IN (SELECT before FROM chosen)
UNION ALL SELECT NULL, anchor FROM lone_other WHERE anchor NOT IN (SELECT after FROM chosen);

-- Readings that differ. A side that has the text but did not read the field, though its code knows it, says nothing of
-- that field.
CREATE OR REPLACE TEMP TABLE diff_work AS
SELECT row_number() OVER (ORDER BY pair.before NULLS LAST, pair.after, named.field)::INTEGER AS work,
    pair.before AS anchor_before, pair.after AS anchor_after, named.field,
    one.reading_id AS before, other.reading_id AS after, one.digest AS digest_before, other.digest AS digest_after
FROM diff_pair AS pair
CROSS JOIN (SELECT DISTINCT field FROM diff_reading) AS named
LEFT JOIN diff_reading AS one ON one.side = 'before' AND one.anchor = pair.before AND one.field = named.field
LEFT JOIN diff_reading AS other ON other.side = 'after' AND other.anchor = pair.after AND other.field = named.field
WHERE one.reading_id IS DISTINCT FROM other.reading_id
    AND (one.reading_id IS NOT NULL OR pair.before IS NULL
        OR named.field NOT IN (SELECT field FROM diff_field WHERE side = 'before'))
    AND (other.reading_id IS NOT NULL OR pair.after IS NULL
        OR named.field NOT IN (SELECT field FROM diff_field WHERE side = 'after'));

-- An interval as people write it; as figure() in review/figures.py.
CREATE OR REPLACE TEMP MACRO interval_words(low, best, high) AS CASE
    WHEN low = high THEN low::VARCHAR
    WHEN low IS NOT NULL AND high IS NOT NULL THEN low || '–' || high
    WHEN low IS NOT NULL THEN '≥' || low
    WHEN high IS NOT NULL THEN '≤' || high
    WHEN best IS NOT NULL THEN '≈' || best
    ELSE '?' END;

-- An incident as it is compared: with its groups and leaders, the facts that it and each of its values rest on, and the
-- words of the first of these.
CREATE OR REPLACE TEMP VIEW diff_claim AS
SELECT reading_id, incident_id,
    list({'value': value, 'fact': fact_id} ORDER BY position) AS facts,
    first(fact_id ORDER BY position) AS first_fact
FROM incident_fact GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW diff_incident AS
SELECT incident.* EXCLUDE (position),
    (SELECT string_agg(interval_words(low, best, high) || ' ' || group_class || ' ' || outcome, '; '
        ORDER BY group_class, outcome, position)
     FROM incident_group AS one WHERE one.reading_id = incident.reading_id AND one.incident_id = incident.id) AS groups,
    (SELECT string_agg(name, '; ' ORDER BY position)
     FROM incident_leader AS one WHERE one.reading_id = incident.reading_id AND one.incident_id = incident.id) AS leaders,
    claim.facts
FROM incident LEFT JOIN diff_claim AS claim ON claim.reading_id = incident.reading_id AND claim.incident_id = incident.id;
