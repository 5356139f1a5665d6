-- name: removal.turned  params: -  relations: ended, back
SELECT label, id FROM {{ended}}
UNION
SELECT label, id FROM {{back}}
