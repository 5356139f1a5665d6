-- name: fact.new  params: database_id, salt  relations: stated_fact, current_fact, ended_fact
-- A fact that follows another one and names no date of its own begins with its row's stamp. One that would get
-- the identity of the fact it follows is a correction, and gets a source key of its own.
WITH added AS (
    SELECT DISTINCT ON (fact_key, content) s.*
    FROM {{stated_fact}} s
    ANTI JOIN (
        SELECT fact_key, content
        FROM {{current_fact}}
        WHERE database_id = $database_id) c
        ON c.fact_key = s.fact_key AND c.content = s.content
    ORDER BY fact_key, content, seq),
followed AS (
    SELECT fact_key, max(valid_from) AS latest
    FROM {{ended_fact}}
    GROUP BY fact_key),
dated AS (
    SELECT a.* REPLACE (
        CASE
            WHEN NOT own_date AND f.fact_key IS NOT NULL THEN greatest(a.stamp, f.latest)
            ELSE a.valid_from
        END AS valid_from,
        CASE
            WHEN NOT own_date AND f.fact_key IS NOT NULL THEN greatest(a.stamp, f.latest)
            ELSE a.known_from
        END AS known_from)
    FROM added a
    LEFT JOIN followed f USING (fact_key)),
identified AS (
    SELECT *, fact_id(type, start_id, end_id, source, source_key, valid_from) AS fact_id
    FROM dated),
salted AS (
    SELECT i.* REPLACE (
        CASE
            WHEN e.fact_id IS NULL THEN i.source_key
            ELSE i.source_key || $salt || left(i.content, 8)
        END AS source_key,
        CASE
            WHEN e.fact_id IS NULL THEN i.known_from
            ELSE greatest(i.stamp, i.known_from)
        END AS known_from),
        e.fact_id IS NOT NULL AS corrects
    FROM identified i
    LEFT JOIN (SELECT DISTINCT fact_id FROM {{ended_fact}}) e USING (fact_id))
SELECT * EXCLUDE (dataset, seq, fact_id),
    fact_id(type, start_id, end_id, source, source_key, valid_from) AS fact_id
FROM salted
