-- name: identity.short_values  params: -  relations: field_row, blocking_key
-- Values that may be placeholders: no long texts and few mail addresses.
SELECT DISTINCT value FROM (
    SELECT value FROM {{field_row}}
    UNION ALL SELECT unnest(string_split(value, chr(31))) FROM {{blocking_key}})
WHERE starts_with(value, chr(29)) OR length(value) <= 40 AND (NOT contains(value, '@') OR regexp_matches(value, '^(no|na|test|dummy|unknown|x)'))
