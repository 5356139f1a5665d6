-- name: identity.usable_fields  params: -  relations: field_row, unusable
SELECT r.* FROM {{field_row}} r ANTI JOIN {{unusable}} u ON u.value = r.value
