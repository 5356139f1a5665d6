-- name: fact.deleted_keys  params: database_id, rule, dataset, label  relations: ends, fact_state, stated_key
-- Under the keys of a deleted record nothing is stated from the deletion on; of one second the deletion counts.
SELECT DISTINCT fact_key, e.moment AS stamp, NULL AS dataset, 9223372036854775807 AS seq, true AS trusted,
    e.moment AS first_from
FROM (SELECT *, $rule || key AS fact_key FROM {{ends}}) e
SEMI JOIN (
    SELECT fact_key FROM {{stated_key}}
    UNION ALL
    SELECT fact_key FROM {{fact_state}} WHERE database_id = $database_id) USING (fact_key)
WHERE e.dataset = $dataset AND e.label = $label
