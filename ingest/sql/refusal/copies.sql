-- name: refusal.copies  params: dataset  relations: clean, values, bad
-- A copy of a bad row is as bad as the row.
SELECT $dataset AS dataset, copy.__seq AS seq, any_value(b.reason) AS reason
FROM {{clean}} copy
JOIN {{values}} v ON v.__seq = copy.__seq AND v.__state = 'duplicate'
JOIN {{clean}} first ON first.__hash = copy.__hash AND first.__copy = 1
JOIN {{bad}} b ON b.dataset = $dataset AND b.seq = first.__seq
GROUP BY copy.__seq
