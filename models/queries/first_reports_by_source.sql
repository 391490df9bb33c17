-- How many events each publisher reports, and of how many it was first, that day or alone. Articles that only look back
-- on an event are no reports of it.
-- Columns:
-- publisher     the page's publisher, else its site
-- events        events it reports
-- first         events of which no other publisher has an earlier report
-- alone         events that nobody else reports
-- days_after    days between an event's first report and its own, on average over all its events
WITH report AS (
    SELECT event_id, publisher, min(printed) AS printed
    FROM event_toll_history WHERE role != 'background' AND printed IS NOT NULL
    GROUP BY event_id, publisher
),
compared AS (
    SELECT *, min(printed) OVER (PARTITION BY event_id) AS earliest, count(*) OVER (PARTITION BY event_id) AS publishers
    FROM report
)
SELECT publisher, count(*) AS events, count(*) FILTER (printed = earliest) AS first,
    count(*) FILTER (publishers = 1) AS alone, round(avg(date_diff('day', earliest, printed)), 1) AS days_after
FROM compared
GROUP BY publisher
ORDER BY events DESC, publisher;
