-- How many people were killed and injured, by month and province. An event that is part of a spanning one is counted
-- with the whole, so nobody is counted twice; events that articles only look back on are counted too.
-- Columns:
-- month         first day of the month in which the event began; NULL where no day is known
-- country       ISO 3166-1 alpha-2
-- province      first-order division
-- events        how many
-- killed_low    sum of the least that a current source gives
-- killed_best   sum of the best figure, or of the least where there is no best
-- killed_high   sum of the most; an event without an upper end counts with its best or least
-- open_ended    events whose toll has no upper end, so that killed_high is too low
-- injured_best  as killed_best
SELECT date_trunc('month', earliest)::DATE AS month, place_country AS country, place_admin1 AS province,
    count(*) AS events,
    sum(coalesce(killed_low, killed_best, 0))::BIGINT AS killed_low,
    sum(coalesce(killed_best, killed_low, 0))::BIGINT AS killed_best,
    sum(coalesce(killed_high, killed_best, killed_low, 0))::BIGINT AS killed_high,
    count(*) FILTER (killed_high IS NULL AND coalesce(killed_best, killed_low) IS NOT NULL) AS open_ended,
    sum(coalesce(injured_best, injured_low, 0))::BIGINT AS injured_best
FROM event_summary
WHERE part_of IS NULL
GROUP BY ALL
ORDER BY month NULLS LAST, country NULLS LAST, province NULLS LAST;
