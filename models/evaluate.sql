-- What `dateline evaluate` counts: every decision on a value as the machine had it, once for each value that was judged,
-- however many reviewers agreed. Of one reviewer the latest word on that same value counts; a value on which reviewers
-- disagree counts nowhere and is named. Stale decisions count for the rule that made what was judged.
--
-- complete: every value that the machine has now of that field in that text has a decision, so that what was missed there
-- was looked for. Recall is counted over those texts only.
WITH judged AS (
    SELECT decision.*, coalesce(machine->>'rule', 'not found') AS rule,
        -- what tells one judged value from another on the same words: its rule and what the reviewer saw
        CASE WHEN verdict = 'add' THEN 'add' ELSE concat(machine->>'rule', machine) END AS value
    FROM decision
),
latest AS (
    SELECT * FROM judged
    QUALIFY row_number() OVER (
        PARTITION BY field, target_id, value, lower(who) ORDER BY said_at DESC, position DESC) = 1
),
agreed AS (
    SELECT *, count(DISTINCT (CASE WHEN verdict = 'correct' THEN concat(verdict, corrected) ELSE verdict END))
            OVER (PARTITION BY field, target_id, value) > 1 AS disputed
    FROM latest
    QUALIFY row_number() OVER (PARTITION BY field, target_id, value ORDER BY said_at DESC, position DESC) = 1
),
now AS (
    {facts}
),
complete AS (
    SELECT now.text_id, now.field
    FROM now LEFT JOIN (SELECT DISTINCT field, fact_id FROM decision_state JOIN decision USING (decision_id)) AS said
        ON said.field = now.field AND said.fact_id = now.id
    GROUP BY ALL HAVING count(*) = count(said.fact_id)
),
source AS (
    SELECT page.text_id, min(coalesce(publisher, nullif(regexp_extract(coalesce(page.url, ''), '^\w+://(?:www\.)?([^/:]+)', 1), ''),
        capture.input_id)) AS source
    FROM page JOIN capture USING (capture_id) WHERE page.text_id IS NOT NULL GROUP BY ALL
)
SELECT agreed.decision_id, agreed.field, agreed.rule, agreed.verdict, agreed.disputed, source.source, agreed.text_id,
    agreed.start, agreed.stop, agreed.quote, agreed.before, agreed.after, agreed.machine, agreed.corrected,
    complete.text_id IS NOT NULL OR (agreed.verdict = 'add' AND NOT EXISTS (
        FROM now WHERE now.text_id = agreed.text_id AND now.field = agreed.field)) AS complete
FROM agreed
LEFT JOIN source USING (text_id)
LEFT JOIN complete ON complete.text_id = agreed.text_id AND complete.field = agreed.field
ORDER BY agreed.field, agreed.text_id, agreed.start, agreed.stop, agreed.decision_id;
