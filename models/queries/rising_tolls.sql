-- Events whose number of dead rose from one day of reports to a later one.
-- Columns:
-- event_id     the event
-- day          first day it may have happened
-- place        where
-- first_day    day of the first report with a figure
-- first_toll   the highest figure of that day
-- last_day     day of the report with the highest figure
-- last_toll    that figure
-- rose_by      the difference
-- reports      reports with a figure
WITH daily AS (
    SELECT event_id, printed, max(coalesce(best, low)) AS toll, count(*) AS reports
    FROM event_toll_history
    WHERE outcome = 'killed' AND role != 'background' AND printed IS NOT NULL AND coalesce(best, low) IS NOT NULL
    GROUP BY event_id, printed
),
history AS (
    SELECT event_id, min(printed) AS first_day, arg_min(toll, printed) AS first_toll,
        min(printed) FILTER (toll = most) AS last_day, any_value(most) AS last_toll, sum(reports)::BIGINT AS reports
    FROM (SELECT *, max(toll) OVER (PARTITION BY event_id) AS most FROM daily)
    GROUP BY event_id
)
SELECT event_id, earliest AS day, place_name AS place, first_day, first_toll, last_day, last_toll,
    last_toll - first_toll AS rose_by, reports
FROM history
JOIN event_summary USING (event_id)
WHERE last_toll > first_toll AND last_day > first_day
ORDER BY rose_by DESC, event_id;
