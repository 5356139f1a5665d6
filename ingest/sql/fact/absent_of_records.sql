-- name: fact.absent_of_records  params: database_id, rule, dataset, label  relations: fact_state, removed, ends
SELECT DISTINCT s.fact_key, m.moment AS stamp
FROM {{removed}} m
JOIN {{fact_state}} s ON s.fact_key = $rule || m.key
ANTI JOIN {{ends}} e ON e.label = m.label AND e.source = m.source AND e.dataset = m.dataset AND e.rule = m.rule
    AND e.key = m.key
WHERE s.database_id = $database_id AND m.dataset = $dataset AND m.label = $label
