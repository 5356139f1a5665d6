-- name: fact.states_to_keep  params: database_id  relations: stated_state
SELECT $database_id AS database_id, *
FROM {{stated_state}}
