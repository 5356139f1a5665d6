-- name: fact.withdrawn_targets  params: database_id  relations: known_fact, changed_key, fact
-- What the states of a key no longer add up to: an export that was loaded late changed the past.
SELECT 'fact' AS kind, k.type AS name, k.start_label, k.end_label, 'FACT|' || k.fact_id AS item,
    '{"start":' || to_json(k.start_id) || ',"end":' || to_json(k.end_id) || ',"fact_id":"' || k.fact_id
    || '","props":'
    || to_json({known_to: k.known_from, reason: 'its source dates it otherwise'})::VARCHAR || '}' AS body
FROM {{known_fact}} k
SEMI JOIN {{changed_key}} USING (fact_key)
ANTI JOIN {{fact}} USING (fact_id)
WHERE k.database_id = $database_id
