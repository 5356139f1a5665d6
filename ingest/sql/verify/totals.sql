-- name: verify.totals  params: dataset  relations: total, raw
-- Each total row, with the first row that it sums up.
SELECT t.file, t.row, t.label, t.cells, CASE WHEN partial
    THEN coalesce(max(t.row) OVER (PARTITION BY t.file ORDER BY t.row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
    ELSE 0 END AS after
FROM {{total}} t
WHERE t.dataset = $dataset AND EXISTS (SELECT 1 FROM {{raw}} r WHERE r.__file = t.file)
ORDER BY t.file, t.row
