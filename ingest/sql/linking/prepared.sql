-- name: linking.prepared  params: -  relations: -
-- With each record the numbers of the near pairs that it is in: the key that the two of a pair have in common.
SELECT p.*, coalesce(n.near, []) AS near
FROM prepared_frame p
LEFT JOIN (
    SELECT row, list(near ORDER BY near) AS near
    FROM (SELECT one AS row, near FROM near_frame UNION ALL SELECT other, near FROM near_frame)
    GROUP BY row
) n USING (row)
ORDER BY row
