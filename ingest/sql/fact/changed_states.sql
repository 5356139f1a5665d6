-- name: fact.changed_states  params: -  relations: stated_state, changed_key
SELECT *
FROM {{stated_state}}
SEMI JOIN {{changed_key}} USING (fact_key)
