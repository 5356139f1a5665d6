-- name: quality.rhythm  params: least, usual  relations: -
-- Of each source and label the days within which records are usually stated anew: the quantile `usual` of the days
-- between two versions of one record; null where fewer than `least` followed each other.
WITH version AS (
    SELECT r.source, o.end_label AS label,
        date_diff('second', lag(r.known_from) OVER (
            PARTITION BY r.source, r.dataset, r.source_key ORDER BY r.known_from), r.known_from) / 86400.0 AS days
    FROM node_source_record r JOIN edge_record_of o ON o.start_id = r.record_id
)
SELECT source, label, CASE WHEN count(days) >= $least THEN quantile_cont(days, $usual) END AS horizon
FROM version GROUP BY ALL
