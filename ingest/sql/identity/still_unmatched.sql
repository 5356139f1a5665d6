-- name: identity.still_unmatched  params: -  relations: unmatched, match
SELECT key, seq FROM {{unmatched}} ANTI JOIN {{match}} USING (key)
