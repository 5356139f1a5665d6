-- name: entity.of_one_record  params: -  relations: surviving
SELECT label, id, any_value(body) AS body
FROM {{surviving}}
GROUP BY label, id
HAVING count(*) = 1
