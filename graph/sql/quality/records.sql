-- name: quality.records  params: -  relations: -
-- Of what has not ended, which source states it today, and when that last said something new of it.
SELECT r.source, o.end_label AS label, o.end_id AS id, max(r.known_from) AS stated_at
FROM node_source_record r
JOIN edge_record_of o ON o.start_id = r.record_id
SEMI JOIN quality_living l ON l.label = o.end_label AND l.id = o.end_id
WHERE r.known_to IS NULL
GROUP BY ALL
