-- name: fact.replaced  params: database_id  relations: known_fact, changed_key
DELETE FROM {{known_fact}}
WHERE database_id = $database_id AND fact_key IN (
    SELECT fact_key
    FROM {{changed_key}})
