-- Pairs of incidents of two articles that may be one event, which Dateline leaves to people, the likeliest first.
-- Columns:
-- score         sum of all that was compared; the higher the likelier
-- left_id       one incident
-- left_day      first day it may have happened
-- left_place    where
-- left_killed   its number of dead: best, or the least
-- right_id      the other incident
-- right_day     as of the first
-- right_place   as of the first
-- right_killed  as of the first
SELECT pair.score, pair.left_id, one.earliest AS left_day, one.place_name AS left_place,
    coalesce(one.killed_best, one.killed_low) AS left_killed,
    pair.right_id, other.earliest AS right_day, other.place_name AS right_place,
    coalesce(other.killed_best, other.killed_low) AS right_killed
FROM event_pair AS pair
LEFT JOIN (FROM reviewed_incident QUALIFY row_number() OVER (PARTITION BY id ORDER BY reading_id) = 1) AS one
    ON one.id = pair.left_id
LEFT JOIN (FROM reviewed_incident QUALIFY row_number() OVER (PARTITION BY id ORDER BY reading_id) = 1) AS other
    ON other.id = pair.right_id
WHERE pair.verdict = 'doubtful'
ORDER BY pair.score DESC, pair.left_id, pair.right_id;
