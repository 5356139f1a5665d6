-- name: revert.undone  params: run_id, killed, database_id  relations: written, rewritten, standing, ledger, replayed_ledger
-- Items that the load wrote, or a killed one, or that later loads wrote otherwise than they do without it: put as they
-- stand without it, or dropped.
WITH later AS (
    SELECT run_id, item, body
    FROM {{written}}
    WHERE run_id <> $run_id AND NOT list_contains($killed, run_id)),
differing AS (
    (FROM later EXCEPT SELECT run_id, item, body FROM {{rewritten}})
    UNION ALL
    (SELECT run_id, item, body FROM {{rewritten}} EXCEPT FROM later)),
touched AS (
    SELECT item FROM {{written}} WHERE run_id = $run_id OR list_contains($killed, run_id)
    UNION
    SELECT item FROM differing
    UNION
    SELECT coalesce(l.item, r.item)
    FROM (SELECT item, hash FROM {{ledger}} WHERE database_id = $database_id AND kind <> 'run') l
    FULL JOIN (SELECT item, hash FROM {{replayed_ledger}} WHERE database_id = $database_id) r ON r.item = l.item
    WHERE l.hash IS DISTINCT FROM r.hash),
past AS (
    SELECT *, json_extract_string(body, '$.start') AS start_id, json_extract_string(body, '$.end') AS end_id
    FROM {{written}}
    SEMI JOIN touched USING (item)
    WHERE kind <> 'drop'),
stands AS (
    SELECT *, json_extract_string(body, '$.start') AS start_id, json_extract_string(body, '$.end') AS end_id
    FROM {{standing}}
    SEMI JOIN touched USING (item)
    WHERE kind <> 'drop'),
mentioned AS (
    SELECT item, list_distinct(flatten(list(json_keys(body, '$.props')))) AS mentioned
    FROM past
    GROUP BY item)
SELECT 'put' AS verb, s.kind, s.name, s.start_label, s.end_label, s.item, s.body, m.mentioned
FROM stands s
LEFT JOIN mentioned m USING (item)
UNION ALL
SELECT 'drop', any_value(p.kind), any_value(p.name), p.start_label, p.end_label, p.item, any_value(p.body), NULL
FROM past p
WHERE NOT EXISTS (
    SELECT 1
    FROM stands s
    WHERE s.item = p.item AND s.start_id IS NOT DISTINCT FROM p.start_id AND s.end_id IS NOT DISTINCT FROM p.end_id)
GROUP BY p.item, p.start_label, p.end_label, p.start_id, p.end_id
