-- name: quality.agreeing  params: apart  relations: -
-- Of the things of which several sources state a field, of how many they state the same; case, blanks and signs aside.
-- apart: fields that each source has of its own, such as the day on which it made its record. By source, and for all ('').
WITH said AS (
    SELECT source, label, id, field,
        CASE WHEN json_type(value) IN ('DOUBLE', 'BIGINT', 'UBIGINT') THEN CAST(CAST(value AS DOUBLE) AS VARCHAR)
            ELSE regexp_replace(lower(nfc_normalize(CAST(value AS VARCHAR))), '[^\pL\pN]', '', 'g') END AS word
    FROM quality_stated
    WHERE NOT list_contains($apart, field)
), words AS (
    SELECT label, field, id, source, list_sort(list(DISTINCT word)) AS words FROM said GROUP BY ALL
), shared AS (
    SELECT label, field, id, list(source) AS sources, count(DISTINCT words) = 1 AS agrees
    FROM words GROUP BY ALL HAVING count(*) > 1
)
SELECT source, label, field, count(*) FILTER (agrees) AS agreeing, count(*) AS compared
FROM (SELECT label, field, agrees, unnest(list_concat(sources, [''])) AS source FROM shared)
GROUP BY ALL
