-- name: fact.ended_targets  params: -  relations: ended_fact, new_fact
WITH successor AS (
    SELECT fact_key, min(valid_from) AS next, bool_or(corrects) AS corrects
    FROM {{new_fact}}
    GROUP BY fact_key)
SELECT 'fact' AS kind, e.type AS name, e.start_label, e.end_label, 'FACT|' || e.fact_id AS item,
    '{"start":' || to_json(e.start_id) || ',"end":' || to_json(e.end_id) || ',"fact_id":"' || e.fact_id
    || '","props":' || CASE
        WHEN s.corrects THEN
            to_json({known_to: greatest(e.stamp, e.valid_from), reason: 'corrected by its source'})::VARCHAR
        ELSE to_json({valid_to: CASE
            WHEN s.next > e.valid_from THEN s.next
            ELSE greatest(e.stamp, e.valid_from)
        END})::VARCHAR
    END || '}' AS body
FROM {{ended_fact}} e
LEFT JOIN successor s USING (fact_key)
