-- name: fact.replaced_states  params: database_id  relations: fact_state, new_state
DELETE FROM {{fact_state}}
WHERE database_id = $database_id AND (fact_key, stamp) IN (
    SELECT (fact_key, replaces)
    FROM {{new_state}})
