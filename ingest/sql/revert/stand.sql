-- name: revert.stand  params: cleared  relations: pending, standing
-- Each written item over what stood under it, as the store writes it: a fact that is stated again is open
-- again, and what a record no longer states of its entity is removed.
MERGE INTO {{standing}} AS s
USING (
    SELECT p.item, p.kind, p.name, p.start_label, p.end_label,
        CASE
            WHEN p.kind = 'drop' OR o.item IS NULL OR o.kind = 'drop' THEN p.body
            WHEN p.kind = 'node'
            THEN json_merge_patch(
                json_merge_patch(o.body, '{"props":' || coalesce(json_extract($cleared::JSON, '$.' || p.name)::VARCHAR, '{}') || '}'),
                p.body)::VARCHAR
            WHEN p.kind = 'fact' AND json_extract(p.body, '$.props.basis') IS NOT NULL
            THEN json_merge_patch(
                json_merge_patch(o.body, '{"props":{"valid_to":null,"known_to":null,"reason":null}}'),
                p.body)::VARCHAR
            ELSE json_merge_patch(o.body, p.body)::VARCHAR
        END AS body
    FROM {{pending}} p
    LEFT JOIN {{standing}} o USING (item)) w
ON s.item = w.item
WHEN MATCHED THEN UPDATE SET kind = w.kind, name = w.name, start_label = w.start_label, end_label = w.end_label,
    body = w.body
WHEN NOT MATCHED THEN INSERT (item, kind, name, start_label, end_label, body)
    VALUES (w.item, w.kind, w.name, w.start_label, w.end_label, w.body)
