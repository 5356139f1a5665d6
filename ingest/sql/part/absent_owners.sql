-- name: part.absent_owners  params: database_id, rule, dataset  relations: known_owner, stated_owner, exported
SELECT k.owner, CASE WHEN e.declared THEN e.stamp ELSE k.stamp END AS stamp, e.declared AS trusted
FROM {{known_owner}} k
JOIN {{exported}} e ON e.dataset = $dataset
ANTI JOIN {{stated_owner}} s ON s.owner = k.owner
WHERE k.database_id = $database_id AND starts_with(k.owner, $rule)
