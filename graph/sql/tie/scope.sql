-- name: tie.scope  params: -  relations: -
SELECT label, id FROM tie_scope ORDER BY label, id
