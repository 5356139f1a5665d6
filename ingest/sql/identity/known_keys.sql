-- name: identity.known_keys  params: -  relations: known
SELECT label, source, key, id, 'known' AS state FROM {{known}}
