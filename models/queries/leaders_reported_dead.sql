-- Leaders reported dead, each reported death once however many articles tell of it: who was "killed for the third time"
-- has three rows. Two reports within thirty days are one death.
-- Columns:
-- person_id     the person over all articles
-- person        the spelling that most articles have
-- death         1 for the first reported death, 2 for the next
-- first_report  day or month of the first article
-- last_report   day or month of the last
-- articles      how many texts report it
-- said_by       who claims it, as written
-- offices       offices that articles give the person
SELECT death.person_id, death.person, death.death, min(death.published) AS first_report,
    max(death.published) AS last_report, count(DISTINCT death.text_id) AS articles,
    string_agg(DISTINCT death.attribution, '; ' ORDER BY death.attribution) AS said_by,
    any_value(office.offices) AS offices
FROM reported_death AS death
LEFT JOIN (
    SELECT person_id, string_agg(DISTINCT role, '; ' ORDER BY role) AS offices FROM person_statement GROUP BY person_id
) AS office USING (person_id)
GROUP BY death.person_id, death.person, death.death
ORDER BY first_report DESC NULLS LAST, person, death.death;
