-- name: identity.known_values  params: -  relations: known_value
SELECT label, field, value, id, 'graph' AS rule FROM {{known_value}}
