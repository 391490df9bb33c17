-- Views: made anew whenever a store is opened for writing, so they need no migration.

-- What is known of each input now: its latest page. A URL (or file) with a new text supersedes the old one.
CREATE OR REPLACE VIEW current_page AS
SELECT page.*, capture.input_id, outcome.origin, outcome.occurrence, outcome.run_id
FROM outcome
JOIN page USING (page_id)
JOIN capture ON capture.capture_id = page.capture_id
QUALIFY row_number() OVER (
    PARTITION BY coalesce(capture.url, outcome.origin), outcome.input_id, outcome.occurrence
    ORDER BY outcome.run_id DESC, outcome.origin
) = 1;

-- The readings that current pages stand on, each once however many pages carry the text.
CREATE OR REPLACE VIEW current_reading AS
SELECT reading.*
FROM reading
JOIN (SELECT reading_id, max(run_id) AS run_id FROM run_reading GROUP BY reading_id) AS listed USING (reading_id)
SEMI JOIN current_page AS page
    ON page.text_id = reading.text_id AND page.unread = reading.unread
    AND page.published IS NOT DISTINCT FROM reading.published
    AND page.published_from IS NOT DISTINCT FROM reading.published_from
QUALIFY row_number() OVER (
    PARTITION BY reading.text_id, reading.published, reading.published_from, reading.unread, reading.field
    ORDER BY listed.run_id DESC, reading.reading_id
) = 1;

-- Every statement about a person: a mention with its value, text and day.
CREATE OR REPLACE VIEW person_statement AS
SELECT person.person_id, person.name AS person, appearance.published, appearance.text_id, leaders.*
FROM person
JOIN person_appearance AS appearance USING (person_id)
JOIN person_mention USING (appearance_id)
JOIN leaders ON leaders.id = person_mention.fact_id AND leaders.reading_id = appearance.reading_id;

CREATE OR REPLACE VIEW person_spelling AS
SELECT person_id, regexp_replace(quote, '\s+', ' ', 'g') AS spelling, count(*) AS mentions,
    count(DISTINCT text_id) AS articles
FROM person_statement
GROUP BY ALL;

-- Offices as written, with the days between which articles gave them.
CREATE OR REPLACE VIEW person_office AS
SELECT person_id, role, organisation, any_value(role_class) AS role_class, min(published) AS earliest,
    max(published) AS latest, count(DISTINCT text_id) AS articles
FROM person_statement
WHERE role IS NOT NULL
GROUP BY person_id, role, organisation;

-- Reported deaths. Reports more than thirty days apart are told as another death: `death` counts them, so that whoever
-- is "killed for the third time" has three. Mentions of one death later on count too where they say "was killed".
CREATE OR REPLACE VIEW reported_death AS
SELECT * EXCLUDE (fresh), sum(fresh) OVER (
    PARTITION BY person_id ORDER BY published NULLS FIRST, text_id, start
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
)::INTEGER AS death
FROM (
    SELECT person_id, person, published, text_id, id AS fact_id, start, quote, attribution,
        CASE WHEN date_diff('day',
            lag(try_cast(rpad(published, 10, '-01') AS DATE)) OVER (
                PARTITION BY person_id ORDER BY published NULLS FIRST, text_id, start),
            try_cast(rpad(published, 10, '-01') AS DATE)) <= 30
            OR (published IS NULL AND row_number() OVER (
                PARTITION BY person_id ORDER BY published NULLS FIRST, text_id, start) > 1)
        THEN 0 ELSE 1 END AS fresh
    FROM person_statement
    WHERE status = 'killed'
);
