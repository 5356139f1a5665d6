-- name: fact.turned_keys  params: database_id  relations: fact_state, turned, changed_key
-- Facts of entities that end or return.
SELECT DISTINCT fact_key
FROM {{fact_state}} s
JOIN {{turned}} t ON (t.label = s.start_label AND t.id = s.start_id) OR (t.label = s.end_label AND t.id = s.end_id)
WHERE s.database_id = $database_id AND fact_key NOT IN (SELECT fact_key FROM {{changed_key}})
