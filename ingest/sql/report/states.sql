-- name: report.states  params: dataset  relations: values, bad, row_item, pending, waiting
WITH touched AS (
    SELECT DISTINCT seq
    FROM {{row_item}}
    SEMI JOIN {{pending}} USING (item)
    WHERE dataset = $dataset),
refused AS (
    SELECT DISTINCT seq
    FROM {{bad}}
    WHERE dataset = $dataset),
waits AS (
    SELECT seq, max(state) AS state
    FROM {{waiting}}
    WHERE dataset = $dataset
    GROUP BY seq)
SELECT
    CASE
        WHEN v.__state = 'filtered' THEN 'filtered'
        WHEN r.seq IS NOT NULL THEN 'quarantined'
        WHEN v.__state = 'duplicate' THEN 'duplicates'
        WHEN v.__state = 'superseded' THEN 'replaced'
        WHEN t.seq IS NOT NULL THEN 'loaded'
        WHEN w.seq IS NOT NULL THEN w.state
        ELSE 'unchanged'
    END AS state,
    count(*)
FROM {{values}} v
LEFT JOIN refused r ON r.seq = v.__seq
LEFT JOIN touched t ON t.seq = v.__seq
LEFT JOIN waits w ON w.seq = v.__seq
GROUP BY 1
