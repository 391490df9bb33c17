-- Reductions: what each recording organisation would write down of the same claims. Views only, made anew whenever a
-- store is opened for writing, after policy, policy_word and policy_column (models/policies/).
--
-- A reduction is no reading: the claims stay as they are, and every figure here names the facts that it comes from.

CREATE OR REPLACE VIEW current_incident AS
SELECT reading.text_id, reading.published, reading.published_from, reading.unread, incident.*
FROM incident
JOIN current_reading AS reading USING (reading_id);

-- The claims that an incident rests on, as people left them: affirmed, about it, and not replaced by a newer toll.
CREATE OR REPLACE VIEW incident_claim AS
SELECT incident.reading_id AS incident_reading_id, incident.id AS incident_id,
    claim.* EXCLUDE (text_id, published, human, verdict, decision_id)
FROM reviewed_incident AS incident
JOIN reviewed_incident_fact AS listed
    ON listed.reading_id = incident.reading_id AND listed.incident_id = incident.id AND listed.value IS NULL
JOIN current_reading AS reading
    ON reading.field = 'casualties' AND reading.text_id = incident.text_id AND reading.unread = incident.unread
    AND reading.published IS NOT DISTINCT FROM incident.published
    AND reading.published_from IS NOT DISTINCT FROM incident.published_from
JOIN reviewed_casualties AS claim ON claim.reading_id = reading.reading_id AND claim.id = listed.fact_id;

-- An incident's toll by outcome, with the facts behind it.
CREATE OR REPLACE VIEW incident_toll AS
WITH listed AS (
    UNPIVOT (
        SELECT reading_id, id AS incident_id,
            {'low': killed_low, 'best': killed_best, 'high': killed_high} AS killed,
            {'low': injured_low, 'best': injured_best, 'high': injured_high} AS injured,
            {'low': missing_low, 'best': missing_best, 'high': missing_high} AS missing,
            {'low': captured_low, 'best': captured_best, 'high': captured_high} AS captured,
            {'low': killed_or_injured_low, 'best': killed_or_injured_best, 'high': killed_or_injured_high}
                AS killed_or_injured
        FROM reviewed_incident
    ) ON killed, injured, missing, captured, killed_or_injured INTO NAME outcome VALUE toll
)
SELECT reading_id, incident_id, outcome, toll.low AS low, toll.best AS best, toll.high AS high,
    (SELECT list(fact_id ORDER BY position) FROM reviewed_incident_fact AS basis
     WHERE basis.reading_id = listed.reading_id AND basis.incident_id = listed.incident_id
        AND basis.value = listed.outcome) AS facts
FROM listed;

-- The claims that an incident's toll is made of: no subset, no member, no earlier figure, and nobody on top of the others.
CREATE OR REPLACE VIEW incident_total AS
SELECT claim.*
FROM incident_claim AS claim
SEMI JOIN reviewed_incident_fact AS basis
    ON basis.reading_id = claim.incident_reading_id AND basis.incident_id = claim.incident_id
    AND basis.value = claim.outcome AND basis.fact_id = claim.id
WHERE claim.part_of IS NULL AND claim.scope != 'cumulative' AND claim.rule != 'casualties.among'
    AND NOT regexp_matches(replace(lower(claim.quote), 'more than', ''),
        '\b(more|another|others?|additional|further|also|of the (wounded|injured|survivors))\b')
    AND NOT EXISTS (FROM incident_claim AS newer
        WHERE newer.incident_reading_id = claim.incident_reading_id AND newer.supersedes = claim.id);

-- Claims of one incident that cannot both be true: two sources' figures for one toll that exclude each other (`figure`),
-- or the same people taken for civilians by one and for fighters by another (`status`). Figures for one toll make an
-- interval of it: where the toll is one number, they are of different people and were added.
CREATE OR REPLACE VIEW contradiction AS
WITH claim AS (
    SELECT *, coalesce(low, best, 0) AS least, coalesce(high, best, 2147483647) AS most,
        CASE WHEN group_class IN ('militants', 'attackers') THEN 'fighters'
             WHEN group_class IN ('civilians', 'children', 'women', 'journalists_aid_medical') THEN 'civilians'
             ELSE group_class END AS family
    FROM incident_total
    WHERE coalesce(low, best, high) IS NOT NULL
)
SELECT one.incident_reading_id AS reading_id, one.incident_id, one.outcome,
    CASE WHEN one.family = other.family THEN 'figure' ELSE 'status' END AS kind,
    one.id AS one_id, one.quote AS one_quote, one.group_class AS one_group_class, one.attribution AS one_attribution,
    other.id AS other_id, other.quote AS other_quote, other.group_class AS other_group_class,
    other.attribution AS other_attribution
FROM claim AS one
JOIN claim AS other
    ON other.incident_reading_id = one.incident_reading_id AND other.incident_id = one.incident_id
    AND other.outcome = one.outcome AND (other.start, other.id) > (one.start, one.id)
JOIN incident_toll AS toll
    ON toll.reading_id = one.incident_reading_id AND toll.incident_id = one.incident_id AND toll.outcome = one.outcome
WHERE one.attribution IS DISTINCT FROM other.attribution
    AND (
        (one.family = other.family AND (one.most < other.least OR other.most < one.least)
            AND toll.low IS DISTINCT FROM toll.high)
        OR ((one.family, other.family) IN (('fighters', 'civilians'), ('civilians', 'fighters'))
            AND one.least <= other.most AND other.least <= one.most)
    );

-- Whose deaths are whose. `whole` is the class that holds the others of its family: a child is a civilian.
CREATE OR REPLACE VIEW group_family AS FROM (VALUES
    ('security_forces', 'security_forces', TRUE),
    ('fighters', 'militants', TRUE), ('fighters', 'attackers', FALSE),
    ('civilians', 'civilians', TRUE), ('civilians', 'children', FALSE), ('civilians', 'women', FALSE),
    ('civilians', 'journalists_aid_medical', FALSE), ('civilians', 'officials', FALSE),
    ('children', 'children', TRUE)
) AS rows (groups, group_class, whole);

-- What is left of a figure; NULL where nobody gives it.
CREATE OR REPLACE MACRO left_over(figure, taken) AS CASE WHEN figure IS NOT NULL THEN greatest(figure - taken, 0) END;

-- A commander killed by name is a fighter, though no group is said of him: the leaders know what he commanded.
CREATE OR REPLACE VIEW incident_named_fighter AS
SELECT claim.incident_reading_id AS reading_id, claim.incident_id, claim.outcome, count(DISTINCT leader.same_as) AS named
FROM incident_claim AS claim
JOIN reading AS counted ON counted.reading_id = claim.reading_id
JOIN current_reading AS reading
    ON reading.field = 'leaders' AND reading.text_id = counted.text_id AND reading.unread = counted.unread
    AND reading.published IS NOT DISTINCT FROM counted.published
    AND reading.published_from IS NOT DISTINCT FROM counted.published_from
JOIN leaders AS leader
    ON leader.reading_id = reading.reading_id AND leader.role_class = 'armed_group'
    AND leader.start < claim.stop AND claim.start < leader.stop
WHERE claim.best = 1 AND claim.part_of IS NULL AND claim.group_class = 'unspecified'
GROUP BY ALL;

-- A family's share of a toll: of its whole and the sum of its other classes the greater, for they may be the same people.
CREATE OR REPLACE VIEW incident_share AS
WITH summed AS (
    SELECT reading_id, incident_id, outcome, groups, whole, sum(low) AS low, sum(best) AS best, sum(high) AS high
    FROM reviewed_incident_group JOIN group_family USING (group_class)
    GROUP BY ALL
    UNION ALL  -- beside the groups, never on top of them: whoever is named may be counted among them
    SELECT reading_id, incident_id, outcome, 'fighters', NULL, named, named, named FROM incident_named_fighter
),
family AS (
    SELECT reading_id, incident_id, outcome, groups, max(low) AS low, max(best) AS best, max(high) AS high
    FROM summed GROUP BY ALL
),
others AS (  -- everybody but some families: what is left of the toll
    SELECT toll.reading_id, toll.incident_id, toll.outcome, left_of.groups,
        left_over(toll.low, sum(coalesce(family.high, family.best, family.low, 0))) AS low,
        left_over(toll.best, sum(coalesce(family.best, family.low, 0))) AS best,
        left_over(toll.high, sum(coalesce(family.low, family.best, 0))) AS high
    FROM incident_toll AS toll
    CROSS JOIN (VALUES
        ('rest', ['security_forces', 'fighters', 'civilians']), ('assumed_civilians', ['security_forces', 'fighters'])
    ) AS left_of (groups, without)
    LEFT JOIN family
        ON family.reading_id = toll.reading_id AND family.incident_id = toll.incident_id
        AND family.outcome = toll.outcome AND list_contains(left_of.without, family.groups)
    GROUP BY toll.reading_id, toll.incident_id, toll.outcome, left_of.groups, toll.low, toll.best, toll.high
)
SELECT reading_id, incident_id, outcome, 'all' AS groups, low, best, high FROM incident_toll
UNION ALL SELECT * FROM family
UNION ALL SELECT * FROM others;

-- A word without a number, as a policy counts it: the most that one claim on the whole toll stands for.
CREATE OR REPLACE VIEW incident_word AS
SELECT claim.incident_reading_id AS reading_id, claim.incident_id, claim.outcome, policy_word.policy,
    max(policy_word.number) AS number
FROM incident_claim AS claim
JOIN policy_word ON policy_word.word = lower(claim.vague)
WHERE claim.part_of IS NULL
GROUP BY ALL;

-- One row for each figure that a policy would record of an incident, where the article says anything about its outcome.
-- `value` NULL: by this policy no number can be recorded. `words` is what was said, `facts` what the toll rests on.
CREATE OR REPLACE VIEW reduction AS
WITH said AS (
    SELECT incident_reading_id AS reading_id, incident_id, outcome,
        string_agg(quote, ' · ' ORDER BY start, id) AS words
    FROM incident_claim GROUP BY ALL
),
disputed AS (SELECT DISTINCT reading_id, incident_id, outcome FROM contradiction WHERE kind = 'status')
SELECT policy.policy, policy.version, toll.reading_id, toll.incident_id, wanted.position, wanted.name, toll.outcome,
    CASE
        WHEN wanted.disputed AND disputed.incident_id IS NOT NULL THEN 0
        WHEN coalesce(share.low, share.best, share.high) IS NULL AND wanted.unsaid
            AND coalesce(toll.low, toll.best, toll.high) IS NOT NULL THEN 0
        WHEN wanted.figure = 'low' THEN coalesce(share.low, share.best, counted.number)
        WHEN wanted.figure = 'best' THEN coalesce(share.best, share.low, counted.number)
        ELSE coalesce(share.high, share.best, share.low, counted.number)
    END::BIGINT AS value,
    said.words, toll.facts
FROM incident_toll AS toll
JOIN policy_column AS wanted USING (outcome)
JOIN policy ON policy.policy = wanted.policy
LEFT JOIN incident_share AS share
    ON share.reading_id = toll.reading_id AND share.incident_id = toll.incident_id
    AND share.outcome = toll.outcome AND share.groups = wanted.groups
LEFT JOIN incident_word AS counted
    ON counted.reading_id = toll.reading_id AND counted.incident_id = toll.incident_id
    AND counted.outcome = toll.outcome AND counted.policy = policy.policy AND wanted.groups = 'all'
JOIN said
    ON said.reading_id = toll.reading_id AND said.incident_id = toll.incident_id AND said.outcome = toll.outcome
LEFT JOIN disputed
    ON disputed.reading_id = toll.reading_id AND disputed.incident_id = toll.incident_id
    AND disputed.outcome = toll.outcome;
