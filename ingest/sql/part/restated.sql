-- name: part.restated  params: database_id  relations: part_owner, known_owner
SELECT o.owner, o.stamp
FROM {{part_owner}} o
ANTI JOIN {{known_owner}} k ON k.database_id = $database_id AND k.owner = o.owner AND k.stamp = o.stamp
