-- name: report.circles  params: -  relations: fact
-- Records of this run that stand above themselves: how many by type, and one of them.
WITH RECURSIVE link AS (
    SELECT type, start_label AS label,
        CASE WHEN type = 'PARENT_OF' THEN end_id ELSE start_id END AS below,
        CASE WHEN type = 'PARENT_OF' THEN start_id ELSE end_id END AS above
    FROM {{fact}}
    WHERE type IN ('PARENT_OF', 'REPORTS_TO') AND valid_to IS NULL AND known_to IS NULL),
line AS (
    SELECT type, label, below, above
    FROM link
    UNION
    SELECT l.type, l.label, l.below, k.above
    FROM line l
    JOIN link k ON k.type = l.type AND k.label = l.label AND k.below = l.above
    WHERE l.above <> l.below)
SELECT type, count(*)::BIGINT, min(below)
FROM line
WHERE above = below
GROUP BY type
ORDER BY type
