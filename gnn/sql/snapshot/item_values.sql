-- name: snapshot.item_values  params: before  relations: -
-- What sources said of items before the moment: numbers, yes and no (1 and 0) and days, a row for each field of each
-- version. A snapshot keeps no texts, and nothing that describes a person: a value of before the field had its type, which
-- cannot be read as one, is left out.
WITH declared AS (
    SELECT kind, unnest(from_json(fields, '[{"name": "VARCHAR", "type": "VARCHAR", "pii": "BOOLEAN"}]'), recursive := true)
    FROM node_item_kind),
stated AS (
    SELECT e.end_id AS item_id, r.known_from, r.known_to, r.values::JSON AS body
    FROM node_source_record r
    JOIN edge_record_of e ON e.start_id = r.record_id AND e.end_label = 'Item'
    WHERE r.known_from < $before),
told AS (
    SELECT s.item_id, i.kind, d.name, d.type, s.known_from, s.known_to, json_extract(s.body, '/x_' || d.name) AS value
    FROM stated s
    JOIN node_item i USING (item_id)
    JOIN declared d ON d.kind = i.kind AND d.type IN ('number', 'integer', 'boolean', 'date', 'datetime')
    WHERE NOT coalesce(d.pii, false))
SELECT item_id, kind, name,
    CASE type WHEN 'boolean' THEN CAST(TRY_CAST(value AS BOOLEAN) AS DOUBLE)
        WHEN 'number' THEN TRY_CAST(value AS DOUBLE) WHEN 'integer' THEN TRY_CAST(value AS DOUBLE) END AS number,
    CASE WHEN type IN ('date', 'datetime') THEN TRY_CAST(value ->> '$' AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END AS moment,
    date_trunc('milliseconds', known_from) AS known_from, date_trunc('milliseconds', known_to) AS known_to
FROM told
WHERE number IS NOT NULL OR moment IS NOT NULL
