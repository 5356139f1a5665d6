-- name: report.doubled  params: -  relations: entity
-- Names compared without case, blanks and punctuation.
WITH named AS (
    SELECT label, regexp_replace(lower(json_extract_string(body, '$.name')), '[\s\p{P}]+', '', 'g') AS name
    FROM {{entity}}
    WHERE label IN ('Customer', 'Contact', 'Product')),
shared AS (
    SELECT label, count(*) AS entities
    FROM named
    WHERE name <> ''
    GROUP BY label, name
    HAVING count(*) > 1)
SELECT label, sum(entities)::BIGINT
FROM shared
GROUP BY label
ORDER BY label
