-- name: fact.ended  params: database_id  relations: current_fact, stated_key, stated_fact
SELECT c.*, k.stamp
FROM {{current_fact}} c
JOIN {{stated_key}} k USING (fact_key)
ANTI JOIN {{stated_fact}} s ON s.fact_key = c.fact_key AND s.content = c.content
WHERE c.database_id = $database_id
