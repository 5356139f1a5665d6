-- name: identity.own_keys  params: rule, shared  relations: node_row, bad, key
-- Records of their own: the id is the source and its key; of labels that all sources share the key alone.
SELECT DISTINCT r.label, r.source, r.key,
    CASE WHEN list_contains($shared, r.label) THEN r.key ELSE r.source || ':' || r.key END AS id, 'made' AS state
FROM {{node_row}} r
ANTI JOIN {{bad}} b ON b.dataset = r.dataset AND b.seq = r.seq
ANTI JOIN {{key}} k ON k.label = r.label AND k.source = r.source AND k.key = r.key
WHERE r.rule = $rule
