-- name: fact.changed_keys  params: -  relations: new_state
SELECT DISTINCT fact_key
FROM {{new_state}}
WHERE changes
