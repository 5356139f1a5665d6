-- name: quality.filled  params: -  relations: -
-- How many records of a source state a field.
SELECT source, label, field, count(DISTINCT id) AS filled FROM quality_stated GROUP BY ALL
