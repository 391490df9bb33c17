-- What people decided, laid over what the machine read. Views only, made anew whenever a store is opened for writing.
--
-- Beside these, each field has a view reviewed_FIELD: the rows of its table that are current, with text_id, published,
-- `human` (a person gave or confirmed the value), `verdict` (accept, correct, add; disputed where reviewers disagree
-- and the machine's value stands) and `decision_id`. Facts that were rejected are not in it. store_decisions.py makes
-- these from the columns of the tables, so that a new field has its view without being named here.

-- The incidents of readings that nobody decided on are the machine's; the others were gathered again over the facts as
-- people left them. Columns as in view current_incident, then `human` and what it rests on.
CREATE OR REPLACE VIEW reviewed_incident AS
SELECT reading.text_id, reading.published, reading.published_from, reading.unread, incident.*,
    FALSE AS human, []::VARCHAR[] AS human_values, NULL::VARCHAR AS verdict, NULL::VARCHAR AS decision_id
FROM incident
JOIN current_reading AS reading USING (reading_id)
ANTI JOIN reviewed_reading AS again ON again.reading_id = incident.reading_id
UNION ALL BY NAME
SELECT reading.text_id, reading.published, reading.published_from, reading.unread, incident.*
FROM reviewed_incident_row AS incident
JOIN current_reading AS reading USING (reading_id)
SEMI JOIN reviewed_reading AS again ON again.reading_id = incident.reading_id;

CREATE OR REPLACE VIEW reviewed_incident_fact AS
SELECT * FROM incident_fact ANTI JOIN reviewed_reading USING (reading_id)
UNION ALL BY NAME
SELECT * FROM reviewed_incident_fact_row;

CREATE OR REPLACE VIEW reviewed_incident_group AS
SELECT * FROM incident_group ANTI JOIN reviewed_reading USING (reading_id)
UNION ALL BY NAME
SELECT * FROM reviewed_incident_group_row;

CREATE OR REPLACE VIEW reviewed_incident_leader AS
SELECT * FROM incident_leader ANTI JOIN reviewed_reading USING (reading_id)
UNION ALL BY NAME
SELECT * FROM reviewed_incident_leader_row;

-- Where reviewers disagree: one row for each value, with the latest word of each of them. Nobody's counts until they
-- agree: the machine's value stands, marked disputed.
CREATE OR REPLACE VIEW decision_conflict AS
SELECT decision.field, coalesce(state.fact_id, decision.target_id) AS target_id, state.text_id,
    any_value(decision.quote ORDER BY decision.position) AS quote,
    list(decision.decision_id ORDER BY decision.position) AS decisions,
    list(decision.who ORDER BY decision.position) AS who,
    list(decision.verdict ORDER BY decision.position) AS verdicts,
    list(decision.corrected ORDER BY decision.position) AS corrected,
    list(decision.why ORDER BY decision.position) AS why
FROM decision
JOIN decision_state AS state USING (decision_id)
WHERE state.disputed AND state.latest
GROUP BY ALL;
