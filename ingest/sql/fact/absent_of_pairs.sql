-- name: fact.absent_of_pairs  params: database_id, rule, dataset  relations: fact_state, stated_key, exported
SELECT DISTINCT s.fact_key, e.stamp
FROM {{fact_state}} s
JOIN {{exported}} e ON e.dataset = $dataset
ANTI JOIN {{stated_key}} k ON k.fact_key = s.fact_key
WHERE s.database_id = $database_id AND starts_with(s.fact_key, $rule)
