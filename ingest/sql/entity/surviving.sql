-- name: entity.surviving  params: -  relations: standing
-- Of an entity whose records have all ended: what the last ones said, with the day of the end.
WITH ended AS (
    SELECT label, id, max(ended_at) AS ended_at
    FROM {{standing}}
    WHERE ended_at IS NOT NULL
    GROUP BY label, id)
SELECT label, id, source, known_from, body
FROM {{standing}}
WHERE ended_at IS NULL
UNION ALL
SELECT s.label, s.id, s.source, s.known_from,
    json_merge_patch(s.body::JSON, to_json({ended_at: s.ended_at}))::VARCHAR
FROM {{standing}} s
SEMI JOIN ended USING (label, id, ended_at)
ANTI JOIN (SELECT * FROM {{standing}} WHERE ended_at IS NULL) l ON l.label = s.label AND l.id = s.id
