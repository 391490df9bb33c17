-- What a rerun looks at, as named steps, kept while it makes its plan. wanted_reading is a temporary table, too: each
-- field with the digest of today's code, and whether it may be read anew.

-- What a rerun of all would look at: each input with its page as it is now, and captures that no page is known of.
CREATE OR REPLACE TEMP TABLE rerun_input AS
SELECT outcome.origin, outcome.input_id, outcome.occurrence, outcome.source, outcome.run_id, outcome.outcome,
    capture.capture_id, capture.kind, capture.archive_file, capture.archive_offset, page.page_id, page.digest,
    page.result, page.text_id, page.published, page.published_from, page.unread, page.publisher,
    coalesce(page.url, capture.url) AS url
FROM outcome
JOIN capture USING (capture_id)
LEFT JOIN page ON page.page_id = outcome.page_id
QUALIFY row_number() OVER (
    PARTITION BY coalesce(capture.url, outcome.origin), outcome.input_id, outcome.occurrence
    ORDER BY page.page_id IS NULL, outcome.run_id DESC, outcome.origin
) = 1;

-- The reading that a text stands on in each field: that of today's code, or else the one it stands on now.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT anchored.text_id, anchored.published, anchored.published_from, anchored.unread, wanted.field, wanted.asked,
    reading.reading_id AS today, before.reading_id AS before
FROM (SELECT DISTINCT text_id, published, published_from, unread FROM rerun_input WHERE result = 'read') AS anchored
CROSS JOIN wanted_reading AS wanted
LEFT JOIN reading
    ON reading.text_id = anchored.text_id AND reading.unread = anchored.unread
    AND reading.published IS NOT DISTINCT FROM anchored.published
    AND reading.published_from IS NOT DISTINCT FROM anchored.published_from
    AND reading.field = wanted.field AND reading.digest = wanted.digest
LEFT JOIN current_reading AS before
    ON before.text_id = anchored.text_id AND before.unread = anchored.unread
    AND before.published IS NOT DISTINCT FROM anchored.published
    AND before.published_from IS NOT DISTINCT FROM anchored.published_from
    AND before.field = wanted.field;
