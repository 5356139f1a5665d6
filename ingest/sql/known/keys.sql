-- name: known.keys  params: label  relations: asked
SELECT DISTINCT source, key
FROM {{asked}}
WHERE label = $label AND key IS NOT NULL
