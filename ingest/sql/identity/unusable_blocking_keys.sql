-- name: identity.unusable_blocking_keys  params: -  relations: blocking_key, node_row, unusable
SELECT n.dataset, n.label || ' match' AS field, u.reason AS note, ltrim(u.value, chr(29)) AS text, count(DISTINCT b.seq) AS rows
FROM (SELECT rule, seq, unnest(string_split(value, chr(31))) AS value FROM {{blocking_key}}) b
JOIN {{unusable}} u ON u.value = b.value
JOIN {{node_row}} n ON n.rule = b.rule AND n.seq = b.seq
GROUP BY ALL
