-- name: part.owners  params: database_id  relations: stated_owner, known_owner
-- A stamp that is only the now of the load says nothing about the order of exports.
WITH stated AS (
    SELECT owner, max(stamp) AS stamp, bool_and(trusted) AS trusted
    FROM {{stated_owner}}
    GROUP BY owner)
SELECT s.owner, CASE WHEN s.trusted THEN s.stamp ELSE coalesce(k.stamp, '') END AS stamp
FROM stated s
LEFT JOIN (SELECT owner, stamp FROM {{known_owner}} WHERE database_id = $database_id) k USING (owner)
WHERE k.stamp IS NULL OR NOT s.trusted OR s.stamp >= k.stamp
