-- name: quality.valid  params: countries  relations: -
-- Of how many records a source's value has the form of its kind; what other kinds take was read by the loader's parsers.
-- countries: folded names and codes. A 统一社会信用代码 has a check digit (GB 32100-2015).
WITH said AS (
    SELECT source, label, id, field, value, value->>'$' AS text,
        upper(regexp_replace(value->>'$', '\s', '', 'g')) AS code
    FROM quality_stated
), judged AS (
    SELECT source, label, id, field, CASE
        WHEN field = 'email' THEN regexp_full_match(
            text, '[^\s<>"'',;:()\[\]|/、；，@]+@[\pL\pN](?:[\pL\pN_-]*\.?)*[\pL\pN]')
        WHEN field IN ('phone', 'mobile') THEN length(regexp_replace(text, '[^\pN]', '', 'g')) >= 5
            AND NOT regexp_matches(text, '^\d[.,]\d+[eE]\+?\d+$')
        WHEN field = 'tax_id' AND regexp_full_match(code, '[0-9A-HJ-NP-RTUW-Y]{18}') THEN
            (31 - list_sum(list_transform(range(17), lambda i:
                (instr('0123456789ABCDEFGHJKLMNPQRTUWXY', code[i + 1]) - 1)
                * [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i + 1])) % 31) % 31
            = instr('0123456789ABCDEFGHJKLMNPQRTUWXY', code[18]) - 1
        WHEN field = 'tax_id' THEN length(regexp_replace(code, '[^\pL\pN]', '', 'g')) >= 5
            AND NOT regexp_matches(code, '^\d[.,]\d+E\+?\d+$')
        WHEN field = 'website' THEN regexp_full_match(lower(text), '(?:https?://)?(?:[\pL\pN][\pL\pN-]*\.)+[\pL\pN-]{2,}(?:[:/?#].*)?')
        WHEN field = 'domains' THEN len(list_filter(CAST(value AS VARCHAR[]), lambda one:
            NOT regexp_full_match(lower(one), '(?:[\pL\pN][\pL\pN-]*\.)+[\pL\pN-]{2,}'))) = 0
        WHEN field = 'country' THEN list_contains($countries, regexp_replace(lower(text), '[^\pL\pN]', '', 'g'))
        ELSE true END AS valid
    FROM said
)
SELECT source, label, field, count(DISTINCT id) FILTER (valid) AS valid, count(DISTINCT id) AS stated
FROM judged GROUP BY ALL
