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
