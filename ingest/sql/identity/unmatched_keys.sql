-- name: identity.unmatched_keys  params: label, source, state  relations: unmatched
-- What no entity matches is made, or waits (review), or is left out (skip), as the rule says.
SELECT $label AS label, $source AS source, key, CASE WHEN $state = 'made' THEN $source || ':' || key END AS id,
    $state AS state
FROM {{unmatched}}
