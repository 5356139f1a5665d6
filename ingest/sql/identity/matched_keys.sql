-- name: identity.matched_keys  params: label, source  relations: match
-- Only a value that stands once on each side says which entity a key means.
SELECT $label AS label, $source AS source, key,
    CASE WHEN keys = 1 AND entities = 1 THEN ids[1] END AS id,
    CASE WHEN keys = 1 AND entities = 1 THEN 'made' ELSE 'review' END AS state
FROM {{match}}
