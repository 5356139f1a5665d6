-- name: identity.unusable_fields  params: -  relations: field_row, blocking_key, unusable
-- Rules that match by such values say so themselves.
SELECT r.dataset, r.label || '.' || r.field AS field, u.reason AS note, ltrim(u.value, chr(29)) AS text, count(*) AS rows
FROM {{field_row}} r JOIN {{unusable}} u ON u.value = r.value
WHERE r.rule NOT IN (SELECT rule FROM {{blocking_key}})
GROUP BY ALL
