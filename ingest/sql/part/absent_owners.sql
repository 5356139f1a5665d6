-- name: part.absent_owners  params: database_id, rule, dataset  relations: known_owner, stated_owner, whole
-- Lines that are no rows may name any record.
SELECT k.owner, CASE WHEN e.declared THEN e.stamp ELSE k.stamp END AS stamp, e.declared AS trusted
FROM {{known_owner}} k
JOIN {{whole}} e ON e.dataset = $dataset AND e.broken IS NULL
ANTI JOIN {{stated_owner}} s ON s.owner = k.owner
WHERE k.database_id = $database_id AND starts_with(k.owner, $rule)
