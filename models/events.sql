-- Events: what is known of each over all its articles. Views only, made anew whenever a store is opened for writing,
-- after those of incidents and reductions. Every sum that leaves the store runs over these, never over incidents.
--
-- How an event's toll is made, outcome by outcome:
--   1. Its reports count; those that only look back on it (role background) where no report gives a number.
--   2. Of a source the latest counts. A source is a publisher; copies of one text under several publishers are one.
--   3. Of these count as current those printed no more than two days before the latest: tolls rise, and who wrote on the
--      first evening has not taken back what he could not know.
--   4. low is the least and high the most that a current source gives; best the number that most of them give, of
--      equally many the one printed last, then the higher. high stays open where no current source sets an upper end.

-- The incidents that events are made of, as people left them: of a text printed under several days those of the first.
CREATE OR REPLACE VIEW event_reading AS
SELECT * FROM reviewed_incident
QUALIFY dense_rank() OVER (PARTITION BY text_id ORDER BY published NULLS LAST, reading_id) = 1;

-- Who printed a text: the publisher its page names, else the site, else the input.
CREATE OR REPLACE VIEW text_publisher AS
SELECT text_id, min(url) AS url,
    coalesce(publisher, nullif(regexp_extract(url, '^\w+://(?:www\.)?([^/:]+)', 1), ''), input_id) AS publisher
FROM current_page
WHERE text_id IS NOT NULL
GROUP BY ALL;

-- The source of each text of an event: its publisher, or the text itself where several printed it or a copy of it.
CREATE OR REPLACE VIEW event_source AS
SELECT text.event_id, text.text_id, kin.source, kin.publishers
FROM (SELECT DISTINCT event_id, text_id, copy_of FROM event_incident) AS text
JOIN (
    SELECT event_id, copy_of, CASE WHEN count(DISTINCT publisher) = 1 THEN min(publisher) ELSE copy_of END AS source,
        list(DISTINCT publisher ORDER BY publisher) AS publishers
    FROM event_incident JOIN text_publisher USING (text_id)
    GROUP BY event_id, copy_of
) AS kin USING (event_id, copy_of);

-- Every claim of every report of an event: who says it, where it was printed and when.
CREATE OR REPLACE VIEW event_claim AS
SELECT member.event_id, member.role, listed.incident_id, report.reading_id AS incident_reading_id, report.published,
    source.source, source.publishers[1] AS publisher,
    (SELECT min(url) FROM text_publisher AS page WHERE page.text_id = member.text_id) AS url,
    claim.* EXCLUDE (published)
FROM event_incident AS member
JOIN event_report AS report USING (incident_id)
JOIN event_source AS source USING (event_id, text_id)
JOIN reviewed_incident_fact AS listed
    ON listed.reading_id = report.reading_id AND listed.incident_id = member.incident_id AND listed.value IS NULL
JOIN reviewed_casualties AS claim
    ON claim.id = listed.fact_id AND claim.text_id = member.text_id
    AND claim.published IS NOT DISTINCT FROM report.published;

-- The toll as it was reported: what each report makes of each outcome, with the claims it rests on. `current`: counts
-- for the toll now.
CREATE OR REPLACE VIEW event_toll_history AS
WITH listed AS (
    UNPIVOT (
        SELECT reading_id, id AS incident_id, text_id, published,
            {'low': killed_low, 'best': killed_best, 'high': killed_high} AS killed,
            {'low': injured_low, 'best': injured_best, 'high': injured_high} AS injured,
            {'low': missing_low, 'best': missing_best, 'high': missing_high} AS missing,
            {'low': captured_low, 'best': captured_best, 'high': captured_high} AS captured,
            {'low': killed_or_injured_low, 'best': killed_or_injured_best, 'high': killed_or_injured_high}
                AS killed_or_injured
        FROM event_reading
    ) ON killed, injured, missing, captured, killed_or_injured INTO NAME outcome VALUE toll
),
told AS (
    SELECT member.event_id, listed.published, try_cast(rpad(listed.published, 10, '-01') AS DATE) AS printed,
        source.source, source.publishers[1] AS publisher, member.role, listed.text_id, listed.incident_id,
        listed.reading_id, listed.outcome, toll.low AS low, toll.best AS best, toll.high AS high,
        coalesce(toll.low, toll.best, toll.high) IS NOT NULL AS numbered,
        (SELECT list(fact_id ORDER BY position) FROM reviewed_incident_fact AS basis
         WHERE basis.reading_id = listed.reading_id AND basis.incident_id = listed.incident_id
            AND basis.value = listed.outcome) AS facts
    FROM listed
    JOIN event_incident AS member USING (incident_id)
    JOIN event_source AS source ON source.event_id = member.event_id AND source.text_id = member.text_id
),
ranked AS (
    SELECT *,
        dense_rank() OVER (PARTITION BY event_id, outcome
            ORDER BY NOT numbered, role = 'background') AS class,
        row_number() OVER (PARTITION BY event_id, outcome, source
            ORDER BY NOT numbered, role = 'background', printed DESC NULLS LAST, text_id, incident_id) AS newest
    FROM told WHERE numbered OR facts IS NOT NULL
),
latest AS (
    SELECT *, class = 1 AND newest = 1 AS counts,
        max(printed) FILTER (class = 1 AND newest = 1) OVER (PARTITION BY event_id, outcome) AS last_printed
    FROM ranked
)
SELECT event_id, published, source, publisher, role, text_id, incident_id, reading_id, outcome, low, best, high, facts,
    printed, coalesce(counts AND (last_printed IS NULL OR date_diff('day', printed, last_printed) <= 2), FALSE) AS current
FROM latest;

-- The toll now.
CREATE OR REPLACE VIEW event_toll AS
WITH best AS (
    SELECT event_id, outcome, best FROM event_toll_history
    WHERE current AND best IS NOT NULL
    GROUP BY event_id, outcome, best
    QUALIFY row_number() OVER (PARTITION BY event_id, outcome
        ORDER BY count(DISTINCT source) DESC, max(printed) DESC NULLS LAST, best DESC) = 1
)
SELECT history.event_id, history.outcome, least(min(coalesce(history.low, history.best)), any_value(best.best)) AS low,
    any_value(best.best) AS best,
    CASE WHEN max(history.high) IS NOT NULL
        THEN greatest(max(history.high), any_value(best.best), max(history.low)) END AS high,
    count(DISTINCT source) AS sources
FROM event_toll_history AS history
LEFT JOIN best ON best.event_id = history.event_id AND best.outcome = history.outcome
WHERE current
GROUP BY history.event_id, history.outcome;

-- Current figures of two sources that cannot both be true. A higher one that was printed on a later day contradicts
-- nothing: tolls rise.
CREATE OR REPLACE VIEW event_contradiction AS
WITH said AS (
    SELECT *, coalesce(low, best, 0) AS least, coalesce(high, best, 2147483647) AS most
    FROM event_toll_history WHERE current AND coalesce(low, best, high) IS NOT NULL
)
SELECT one.event_id, one.outcome,
    one.incident_id AS one_incident_id, one.source AS one_source, one.publisher AS one_publisher,
    one.published AS one_published, one.low AS one_low, one.best AS one_best, one.high AS one_high,
    other.incident_id AS other_incident_id, other.source AS other_source, other.publisher AS other_publisher,
    other.published AS other_published, other.low AS other_low, other.best AS other_best, other.high AS other_high
FROM said AS one
JOIN said AS other
    ON other.event_id = one.event_id AND other.outcome = one.outcome
    AND (coalesce(other.published, ''), other.incident_id) > (coalesce(one.published, ''), one.incident_id)
WHERE one.source != other.source
    AND (other.most < one.least OR (one.most < other.least AND one.printed IS NOT DISTINCT FROM other.printed));

-- The event that spans another: where a report of this one is part of an incident of that one. Of several the one that
-- most reports name.
CREATE OR REPLACE VIEW event_part AS
SELECT part.event_id, whole.event_id AS part_of
FROM event_incident AS part
JOIN event_reading AS incident ON incident.id = part.incident_id
JOIN event_incident AS whole ON whole.incident_id = incident.part_of
WHERE whole.event_id != part.event_id
GROUP BY part.event_id, whole.event_id
QUALIFY row_number() OVER (PARTITION BY part.event_id ORDER BY count(*) DESC, whole.event_id) = 1;

-- One row an event. When and where are those of the reports that say it most closely, of equals of the most; those that
-- only look back come last. Sums run over the rows without part_of: who was counted with the whole is not counted again.
CREATE OR REPLACE VIEW event_summary AS
WITH member AS (
    SELECT event_id, role, incident.*
    FROM event_incident JOIN event_reading AS incident ON incident.id = incident_id
        AND incident.text_id = event_incident.text_id
),
dated AS (
    SELECT event_id, earliest, latest, date_precision FROM member WHERE earliest IS NOT NULL
    GROUP BY event_id, earliest, latest, date_precision
    QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY min(CASE role WHEN 'background' THEN 1 ELSE 0 END),
        date_precision NULLS LAST, count(DISTINCT text_id) DESC, earliest, latest) = 1
),
placed AS (
    SELECT event_id, place_name, place_country, place_country_name, place_admin1, place_admin2, place_latitude,
        place_longitude, place_geonameid, place_precision
    FROM member WHERE place_name IS NOT NULL
    GROUP BY event_id, place_name, place_country, place_country_name, place_admin1, place_admin2, place_latitude,
        place_longitude, place_geonameid, place_precision
    QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY min(CASE role WHEN 'background' THEN 1 ELSE 0 END),
        place_precision NULLS LAST, count(DISTINCT text_id) DESC, place_name, place_geonameid) = 1
),
told AS (
    SELECT event_id, count(DISTINCT text_id) AS articles, count(DISTINCT source) AS sources,
        min(published) AS first_published, max(published) AS last_published,
        bool_and(role = 'background') AS only_background
    FROM event_incident JOIN event_report USING (incident_id) JOIN event_source USING (event_id, text_id)
    GROUP BY event_id
),
toll AS (
    SELECT event_id,
        {tolls}
    FROM event_toll GROUP BY event_id
),
contradicted AS (SELECT event_id, count(*) AS contradictions FROM event_contradiction GROUP BY event_id)
SELECT event.event_id, dated.* EXCLUDE (event_id), placed.* EXCLUDE (event_id), toll.* EXCLUDE (event_id),
    coalesce(told.articles, 0) AS articles, coalesce(told.sources, 0) AS sources,
    coalesce(contradicted.contradictions, 0) AS contradictions, event_part.part_of,
    told.first_published, told.last_published, told.only_background
FROM event
LEFT JOIN dated ON dated.event_id = event.event_id
LEFT JOIN placed ON placed.event_id = event.event_id
LEFT JOIN told ON told.event_id = event.event_id
LEFT JOIN toll ON toll.event_id = event.event_id
LEFT JOIN contradicted ON contradicted.event_id = event.event_id
LEFT JOIN event_part ON event_part.event_id = event.event_id;

-- What a policy would record of an event: of what it would record of the current reports the least, the most, or the
-- number that most sources give.
CREATE OR REPLACE VIEW event_reduction AS
WITH figure AS (
    SELECT reduction.*, wanted.figure, history.event_id, history.source, history.printed
    FROM event_toll_history AS history
    JOIN reduction ON reduction.incident_id = history.incident_id AND reduction.reading_id = history.reading_id
        AND reduction.outcome = history.outcome
    JOIN policy_column AS wanted ON wanted.policy = reduction.policy AND wanted.name = reduction.name
    WHERE history.current
),
best AS (
    SELECT policy, event_id, name, value FROM figure WHERE value IS NOT NULL
    GROUP BY policy, event_id, name, value
    QUALIFY row_number() OVER (PARTITION BY policy, event_id, name
        ORDER BY count(DISTINCT source) DESC, max(printed) DESC NULLS LAST, value DESC) = 1
)
SELECT figure.policy, figure.version, figure.event_id, figure.position, figure.name, figure.outcome,
    CASE any_value(figure.figure) WHEN 'low' THEN min(figure.value) WHEN 'high' THEN max(figure.value)
        ELSE any_value(best.value) END AS value,
    string_agg(DISTINCT figure.words, ' | ' ORDER BY figure.words) AS words,
    list_sort(list_distinct(flatten(list(figure.facts)))) AS facts
FROM figure
LEFT JOIN best ON best.policy = figure.policy AND best.event_id = figure.event_id AND best.name = figure.name
GROUP BY figure.policy, figure.version, figure.event_id, figure.position, figure.name, figure.outcome;
