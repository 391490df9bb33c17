-- What each recording organisation's policy would add up to, by year and country: deaths only, over events. A figure
-- that a policy cannot give counts as nothing, and is counted as missing.
-- Columns:
-- policy    acled, airwars, gtd, tbij, ucdp
-- version   of the policy
-- year      in which the event began; NULL where no day is known
-- country   ISO 3166-1 alpha-2
-- figure    the organisation's own name of the figure
-- events    events with anything said of it
-- value     their sum
-- missing   events for which the policy can record no number
SELECT reduced.policy, reduced.version, year(event.earliest) AS year, event.place_country AS country,
    reduced.name AS figure, count(*) AS events, sum(reduced.value)::BIGINT AS value,
    count(*) FILTER (reduced.value IS NULL) AS missing
FROM event_reduction AS reduced
JOIN event_summary AS event USING (event_id)
WHERE reduced.outcome = 'killed' AND event.part_of IS NULL
GROUP BY ALL
ORDER BY policy, year NULLS LAST, country NULLS LAST, figure;
