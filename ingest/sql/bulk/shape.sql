-- name: bulk.shape  params: group  relations: pending
SELECT json_group_structure(body::JSON)::VARCHAR AS shape, bool_or(contains(body, '\n') OR contains(body, '\r')) AS lines
FROM {{pending}}
WHERE write_group = $group
