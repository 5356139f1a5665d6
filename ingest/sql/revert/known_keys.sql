-- name: revert.known_keys  params: creating, aliased  relations: actual_key, standing, node_row, bad
-- Keys that stand by themselves before the load, and those of its own good rows, with the ids that they had.
SELECT k.label, k.source, k.key, k.id
FROM {{actual_key}} k
SEMI JOIN {{standing}} s ON s.kind <> 'drop' AND s.item =
    CASE WHEN list_contains($aliased, k.label) THEN 'Alias|' || k.label || '|' || k.source || ':' || k.key
        ELSE k.label || '|' || k.id END
WHERE k.id IS NOT NULL
UNION
SELECT k.label, k.source, k.key, k.id
FROM {{actual_key}} k
JOIN {{node_row}} r USING (label, source, key)
ANTI JOIN {{bad}} b ON b.dataset = r.dataset AND b.seq = r.seq
WHERE k.id IS NOT NULL AND list_contains($creating, r.rule)
