-- Events on whose toll two independent sources contradict each other, each pair once. A higher figure of a later day is
-- no contradiction: tolls rise.
-- Columns:
-- event_id       the event
-- day            first day it may have happened
-- place          where
-- outcome        killed, injured, missing, captured, killed_or_injured
-- one_source     who gives the one figure
-- one_low        the least by it
-- one_high       the most by it
-- other_source   who gives the other figure
-- other_low      the least by it
-- other_high     the most by it
-- apart          how many people lie between the two, at least
SELECT event_id, earliest AS day, place_name AS place, outcome,
    coalesce(one_publisher, one_source) AS one_source, coalesce(one_low, one_best) AS one_low,
    coalesce(one_high, one_best) AS one_high,
    coalesce(other_publisher, other_source) AS other_source, coalesce(other_low, other_best) AS other_low,
    coalesce(other_high, other_best) AS other_high,
    greatest(coalesce(other_low, other_best, 0) - coalesce(one_high, one_best),
        coalesce(one_low, one_best, 0) - coalesce(other_high, other_best)) AS apart
FROM event_contradiction
JOIN event_summary USING (event_id)
ORDER BY apart DESC NULLS LAST, event_id, outcome, one_source, other_source;
