-- name: removal.by_label  params: -  relations: entities
SELECT label, list({id: id, moment: moment} ORDER BY id)
FROM {{entities}}
GROUP BY label
ORDER BY label
