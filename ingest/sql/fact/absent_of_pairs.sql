-- name: fact.absent_of_pairs  params: database_id, rule, dataset  relations: fact_state, stated_key, whole
-- Lines that are no rows may state any pair.
SELECT DISTINCT s.fact_key, e.stamp
FROM {{fact_state}} s
JOIN {{whole}} e ON e.dataset = $dataset AND e.broken IS NULL
ANTI JOIN {{stated_key}} k ON k.fact_key = s.fact_key
WHERE s.database_id = $database_id AND starts_with(s.fact_key, $rule)
