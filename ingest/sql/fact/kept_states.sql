-- name: fact.kept_states  params: database_id  relations: fact_state, changed_key, new_state
-- The states of changed keys that no new state of the same second replaces.
SELECT s.* EXCLUDE (database_id)
FROM {{fact_state}} s
SEMI JOIN {{changed_key}} USING (fact_key)
ANTI JOIN {{new_state}} n ON n.fact_key = s.fact_key AND n.replaces = s.stamp
WHERE s.database_id = $database_id
