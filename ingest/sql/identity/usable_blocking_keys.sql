-- name: identity.usable_blocking_keys  params: -  relations: blocking_key, unusable
SELECT b.* FROM {{blocking_key}} b
WHERE NOT coalesce(list_has_any(string_split(b.value, chr(31)), (SELECT list(value) FROM {{unusable}})), false)
