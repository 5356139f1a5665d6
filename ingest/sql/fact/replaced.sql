-- name: fact.replaced  params: database_id  relations: current_fact, ended_fact
DELETE FROM {{current_fact}}
WHERE database_id = $database_id AND (fact_key, content) IN (
    SELECT (fact_key, content)
    FROM {{ended_fact}})
