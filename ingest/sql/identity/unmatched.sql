-- name: identity.unmatched  params: rule  relations: node_row, bad, key
-- Keys of a rule that are not known yet, each with its first row.
SELECT DISTINCT ON (r.key) r.key, r.seq
FROM {{node_row}} r
ANTI JOIN {{bad}} b ON b.dataset = r.dataset AND b.seq = r.seq
ANTI JOIN {{key}} k ON k.label = r.label AND k.source = r.source AND k.key = r.key
WHERE r.rule = $rule
ORDER BY r.seq
