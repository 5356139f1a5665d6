-- name: identity.values  params: rule  relations: field_row, bad, key
-- Which entity carries which value, as the rows of one rule say.
SELECT DISTINCT r.label, r.field, r.value, k.id, r.rule
FROM {{field_row}} r
ANTI JOIN {{bad}} b ON b.dataset = r.dataset AND b.seq = r.seq
JOIN {{key}} k ON k.label = r.label AND k.source = r.source AND k.key = r.key
WHERE r.rule = $rule AND k.id IS NOT NULL
