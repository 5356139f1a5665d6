-- name: entity.of_many_records  params: -  relations: surviving
SELECT label, id, list({source: source, known_from: known_from, body: body})
FROM {{surviving}}
GROUP BY label, id
HAVING count(*) > 1
ORDER BY label, id
