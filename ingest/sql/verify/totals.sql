-- name: verify.totals  params: dataset  relations: total, raw
-- Each total row, with the last total above it: of a partial one whichever, of a whole one the last whole one.
SELECT t.file, t.row, t.label, t.cells, t.partial, coalesce(CASE WHEN t.partial
    THEN max(t.row) OVER (PARTITION BY t.file ORDER BY t.row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ELSE max(t.row) FILTER (NOT t.partial) OVER (
        PARTITION BY t.file ORDER BY t.row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) END, 0) AS after
FROM {{total}} t
WHERE t.dataset = $dataset AND EXISTS (SELECT 1 FROM {{raw}} r WHERE r.__file = t.file)
ORDER BY t.file, t.row
