-- name: quality.items  params: -  relations: -
-- Of the items of a source those whose kind declares a field, and how many of them state it: kinds share one label, and a
-- field of one kind is not missing in the items of another.
WITH declared AS (
    SELECT kind, 'x_' || unnest(json_extract_string(fields, '$[*].name')) AS field FROM node_item_kind
), said AS (
    SELECT DISTINCT source, id, field FROM quality_stated WHERE label = 'Item'
)
SELECT r.source, r.label, d.field, count(s.id) AS filled, count(*) AS records
FROM quality_records r
JOIN node_item i ON r.label = 'Item' AND i.item_id = r.id
JOIN declared d ON d.kind = i.kind
LEFT JOIN said s ON s.source = r.source AND s.id = r.id AND s.field = d.field
GROUP BY ALL
