-- name: quality.stated  params: -  relations: -
-- What source records state today of what has not ended, a row per value. Values stand as JSON.
SELECT source, label, id, said.key AS field, said.value AS value FROM (
    SELECT r.source, o.end_label AS label, o.end_id AS id,
        unnest(map_entries(CAST(CAST(r."values" AS JSON) AS MAP(VARCHAR, JSON)))) AS said
    FROM node_source_record r
    JOIN edge_record_of o ON o.start_id = r.record_id
    SEMI JOIN quality_living l ON l.label = o.end_label AND l.id = o.end_id
    WHERE r.known_to IS NULL)
