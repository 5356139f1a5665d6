-- name: removal.turned  params: -  relations: ended, returned
SELECT label, id FROM {{ended}}
UNION
SELECT label, id FROM {{returned}}
