-- name: touched.changed  params: -  relations: -
SELECT DISTINCT kind, label, key, other_label, other_key FROM changed_since
