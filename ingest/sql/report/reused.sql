-- name: report.reused  params: database_id  relations: contribution, record
-- Keys under which a file names another company or person than before: another name, and another tax number, mail address
-- or day of creation; how many of each label, and one of them. Names are another below a Jaro-Winkler similarity of .7.
WITH pair AS (
    SELECT c.label, c.id, r.body AS was, c.body AS is_now,
        json_extract_string(r.body, '$.name') AS name, json_extract_string(c.body, '$.name') AS new_name
    FROM {{contribution}} c
    JOIN {{record}} r ON r.database_id = $database_id AND r.label = c.label AND r.source = c.source
        AND r.dataset = c.dataset AND r.rule = c.rule AND r.key = c.key
    WHERE c.label IN ('Customer', 'Contact') AND r.body <> c.body)
SELECT label, count(*)::BIGINT, min_by(id || ', ' || name || ' → ' || new_name, id)
FROM pair
WHERE jaro_winkler_similarity(lower(name), lower(new_name)) < 0.7
    AND (json_extract_string(was, '$.tax_id') <> json_extract_string(is_now, '$.tax_id')
        OR json_extract_string(was, '$.email') <> json_extract_string(is_now, '$.email')
        OR json_extract_string(was, '$.created_at') <> json_extract_string(is_now, '$.created_at'))
GROUP BY label
ORDER BY label
