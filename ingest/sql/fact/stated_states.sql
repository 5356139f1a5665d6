-- name: fact.stated_states  params: -  relations: new_state, stated_fact
-- The new states as they are kept; one without facts is a row without value.
SELECT n.fact_key, n.stamp, f.value, f.type, f.start_label, f.end_label, f.start_id, f.end_id, f.source,
    f.source_key, f.own_from, f.own_to, f.first_from, f.known, f.basis, f.fields
FROM {{new_state}} n
LEFT JOIN {{stated_fact}} f ON f.fact_key = n.fact_key AND (n.seq IS NULL OR f.seq = n.seq)
QUALIFY row_number() OVER (PARTITION BY n.fact_key, n.stamp, f.value ORDER BY f.seq) = 1
