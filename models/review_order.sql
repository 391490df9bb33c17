-- The doubts of review_order.yml: one query each, giving reading_id, incident_id, facts (ids, or NULL) and words. They
-- run over these, which hold what nobody decided on: review_incident, review_fact (the facts of each incident by value,
-- NULL for all of them) and review_claim. Limits stand beside their reasons.

-- contradiction
SELECT reading_id, incident_id, [one_id, other_id] AS facts,
    concat('“', one_quote, '”', ' (', coalesce(one_attribution, 'the article'), ') and “', other_quote, '” (',
        coalesce(other_attribution, 'the article'), ')') AS words
FROM contradiction SEMI JOIN review_incident AS one
    ON one.reading_id = contradiction.reading_id AND one.id = contradiction.incident_id;

-- stale
SELECT fact.reading_id, fact.incident_id, list(DISTINCT fact.fact_id) AS facts,
    string_agg(DISTINCT concat(decision.verdict, ' “', decision.quote, '”'), '; ') AS words
FROM review_fact AS fact
JOIN decision_state AS state ON state.fact_id = fact.fact_id AND state.state = 'stale' AND state.latest
JOIN decision USING (decision_id)
WHERE fact.value IS NULL
GROUP BY ALL;

-- one_source: from 20 dead on, the least that a "mass killing" begins at in common lists; more is more (LOG10 of it)
SELECT incident.reading_id, incident.id AS incident_id, NULL::VARCHAR[] AS facts,
    concat(coalesce(incident.killed_best, incident.killed_low, incident.killed_high), ' dead') AS words
FROM review_incident AS incident
JOIN event_incident AS member ON member.incident_id = incident.id
JOIN event_summary AS event USING (event_id)
WHERE coalesce(incident.killed_best, incident.killed_low, incident.killed_high) >= 20 AND event.sources = 1;

-- derived
SELECT incident_reading_id AS reading_id, incident_id, list(id ORDER BY start) AS facts,
    string_agg(concat('“', quote, '”'), '; ' ORDER BY start) AS words
FROM review_claim WHERE derived GROUP BY ALL;

-- event_link
SELECT incident.reading_id, incident.id AS incident_id, NULL::VARCHAR[] AS facts,
    concat(left(any_value(CASE WHEN pair.left_id = incident.id THEN pair.right_id ELSE pair.left_id END
        ORDER BY pair.score DESC, pair.left_id, pair.right_id), 8),
        CASE WHEN count(*) > 1 THEN concat(' and ', count(*) - 1, ' more') ELSE '' END) AS words
FROM review_incident AS incident
JOIN event_pair AS pair ON pair.verdict = 'doubtful' AND incident.id IN (pair.left_id, pair.right_id)
JOIN event_incident AS one ON one.incident_id = pair.left_id
JOIN event_incident AS other ON other.incident_id = pair.right_id AND other.event_id != one.event_id
GROUP BY incident.reading_id, incident.id;

-- ambiguous_place
SELECT fact.reading_id, fact.incident_id, [place.id] AS facts,
    concat(place.name, ' (', coalesce(place.country, '?'), ') or ',
        coalesce(candidates[1]->>'name', '?'), ' (', coalesce(candidates[1]->>'country', '?'),
        coalesce(', ' || (candidates[1]->>'admin1'), ''), ')',
        CASE WHEN len(candidates) > 1 THEN concat(' or ', len(candidates) - 1, ' more') ELSE '' END) AS words
FROM review_fact AS fact
JOIN (SELECT * REPLACE (candidates::JSON[] AS candidates) FROM reviewed_places WHERE NOT human) AS place
    ON place.id = fact.fact_id
WHERE fact.value = 'place' AND len(candidates) > 0
GROUP BY ALL;

-- inferred_day
SELECT fact.reading_id, fact.incident_id, list(DISTINCT day.id) AS facts,
    string_agg(DISTINCT concat('“', day.quote, '”'), '; ') AS words
FROM review_fact AS fact
JOIN reviewed_dates AS day ON day.id = fact.fact_id AND day.anchor = 'published' AND NOT day.human
JOIN review_incident AS incident ON incident.reading_id = fact.reading_id AND incident.id = fact.incident_id
WHERE fact.value = 'date' AND (
    incident.published_from IN ('url', 'text') OR incident.text_id IN (
        SELECT page.text_id FROM current_page AS page
        JOIN statement ON statement.page_id = page.page_id AND statement.name = 'published' AND statement.inferred))
GROUP BY fact.reading_id, fact.incident_id;

-- supersedes
SELECT newer.incident_reading_id AS reading_id, newer.incident_id, [newer.id, older.id] AS facts,
    concat('“', newer.quote, '” for “', older.quote, '”') AS words
FROM review_claim AS newer
JOIN review_claim AS older
    ON older.id = newer.supersedes AND older.incident_reading_id = newer.incident_reading_id
    AND older.incident_id = newer.incident_id;

-- new_person
SELECT incident.reading_id, incident.id AS incident_id, list(DISTINCT mention.id) AS facts,
    string_agg(DISTINCT concat(mention.status, ': ', mention.person), '; ') AS words
FROM review_incident AS incident
JOIN reviewed_incident_leader AS named ON named.reading_id = incident.reading_id AND named.incident_id = incident.id
JOIN person_statement AS mention ON mention.text_id = incident.text_id AND mention.name = named.name
WHERE mention.status IN ('killed', 'captured', 'injured', 'target') AND mention.person_id IN (
    SELECT person_id FROM person_appearance GROUP BY person_id HAVING count(DISTINCT text_id) = 1)
GROUP BY ALL;

-- several_events
SELECT incident_reading_id AS reading_id, incident_id, list(id ORDER BY start) AS facts,
    string_agg(concat('“', quote, '”'), '; ' ORDER BY start) AS words
FROM review_claim WHERE scope = 'several' GROUP BY ALL;

-- date_from_text
SELECT fact.reading_id, fact.incident_id, list(DISTINCT day.id) AS facts,
    string_agg(DISTINCT concat('“', day.quote, '”'), '; ') AS words
FROM review_fact AS fact
JOIN reviewed_dates AS day ON day.id = fact.fact_id AND day.anchor = 'text' AND NOT day.human
WHERE fact.value = 'date'
GROUP BY ALL;

-- no_place
SELECT reading_id, id AS incident_id, NULL::VARCHAR[] AS facts, NULL AS words
FROM review_incident WHERE place_name IS NULL AND part_of IS NULL;

-- no_day
SELECT reading_id, id AS incident_id, NULL::VARCHAR[] AS facts, NULL AS words
FROM review_incident WHERE earliest IS NULL AND part_of IS NULL;

-- no_point
SELECT reading_id, id AS incident_id, [place_id] AS facts, place_name AS words
FROM review_incident WHERE place_name IS NOT NULL AND (place_latitude IS NULL OR place_geonameid IS NULL);

-- vague
SELECT incident_reading_id AS reading_id, incident_id, list(id ORDER BY start) AS facts,
    string_agg(concat('“', vague, '”'), '; ' ORDER BY start) AS words
FROM review_claim WHERE vague IS NOT NULL AND coalesce(low, best, high) IS NULL GROUP BY ALL;

-- wide: the high more than twice the low
SELECT reading_id, id AS incident_id, NULL::VARCHAR[] AS facts,
    concat(killed_low, '–', killed_high, ' dead') AS words
FROM review_incident WHERE killed_high > 2 * killed_low;
