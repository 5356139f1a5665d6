-- name: report.ended_before  params: -  relations: fact
-- Facts that a source lets end before they begin: how many of each type, and the ends of one of them.
SELECT type, count(*)::BIGINT, min(start_id || ' → ' || end_id)
FROM {{fact}}
WHERE valid_to < valid_from AND known_to IS NULL
GROUP BY type
ORDER BY type
