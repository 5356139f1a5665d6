-- name: identity.lookups  params: -  relations: lookup_value
SELECT label, field, value,
    CASE WHEN count(DISTINCT id) = 1 THEN any_value(id) END AS id,
    CASE WHEN count(DISTINCT id) = 1 THEN 'made' ELSE 'ambiguous' END AS state
FROM {{lookup_value}} GROUP BY label, field, value
