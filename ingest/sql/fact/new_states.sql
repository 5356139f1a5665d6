-- name: fact.new_states  params: database_id  relations: stated_key, stated_fact, fact_state
-- A second has one state: the last row of it. A stamp that is only the now of the load says nothing about the
-- order of exports: what is loaded later counts as later, and the first state as older than any other.
WITH stated AS (
    SELECT DISTINCT ON (fact_key, left(stamp, 19)) *
    FROM {{stated_key}}
    ORDER BY fact_key, left(stamp, 19), stamp DESC, seq DESC),
content AS (
    SELECT k.fact_key, k.stamp,
        md5(string_agg(concat_ws('|', f.value, f.own_from, '>', f.own_to), ',' ORDER BY f.value)) AS content
    FROM stated k
    JOIN {{stated_fact}} f ON f.fact_key = k.fact_key AND (k.seq IS NULL OR f.seq = k.seq)
    GROUP BY k.fact_key, k.stamp),
kept AS (
    SELECT s.fact_key, s.stamp,
        md5(string_agg(concat_ws('|', s.value, s.own_from, '>', s.own_to), ',' ORDER BY s.value)
            FILTER (s.value IS NOT NULL)) AS content
    FROM {{fact_state}} s
    SEMI JOIN stated USING (fact_key)
    WHERE s.database_id = $database_id
    GROUP BY s.fact_key, s.stamp),
newest AS (
    SELECT DISTINCT ON (fact_key) *
    FROM kept
    ORDER BY fact_key, stamp DESC),
placed AS (
    SELECT k.fact_key, k.seq, c.content, n.content AS newest_content, n.stamp AS newest_stamp,
        CASE
            WHEN k.trusted THEN k.stamp
            WHEN n.fact_key IS NULL THEN k.first_from
            ELSE greatest(k.stamp, n.stamp)
        END AS stamp,
        k.trusted OR n.fact_key IS NULL OR c.content IS DISTINCT FROM n.content AS differs
    FROM stated k
    LEFT JOIN content c ON c.fact_key = k.fact_key AND c.stamp = k.stamp
    LEFT JOIN newest n ON n.fact_key = k.fact_key)
SELECT p.fact_key, p.stamp, p.seq, k.stamp AS replaces,
    p.newest_stamp IS NULL OR p.stamp < p.newest_stamp OR p.content IS DISTINCT FROM p.newest_content AS changes
FROM placed p
LEFT JOIN kept k ON k.fact_key = p.fact_key AND left(k.stamp, 19) = left(p.stamp, 19)
WHERE differs AND NOT (k.fact_key IS NOT NULL AND k.content IS NOT DISTINCT FROM p.content)
