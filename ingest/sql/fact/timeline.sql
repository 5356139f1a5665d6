-- name: fact.timeline  params: at_once, salt  relations: state
-- The facts of a key, from its states in the order of their stamps. A value that one state after the other names
-- is one fact. It begins where the row says so, else with its first state (the first of a key: as declared), and
-- ends where the row says so (`at_once`: as it begins), else with what follows. What follows with the same ends
-- and the same beginning, or the same value with another beginning, corrects it. What returns with the beginning
-- that it had before, after nothing or something else was said, begins anew when that is said.
WITH stamps AS (
    SELECT fact_key, stamp, row_number() OVER by_key AS place, lead(stamp) OVER by_key AS until
    FROM (SELECT DISTINCT fact_key, stamp FROM {{state}})
    WINDOW by_key AS (PARTITION BY fact_key ORDER BY stamp)),
placed AS (
    SELECT s.*, t.place, t.until
    FROM {{state}} s
    JOIN stamps t USING (fact_key, stamp)
    WHERE s.value IS NOT NULL),
marked AS (
    SELECT *, coalesce(lag(place) OVER by_value = place - 1 AND (
        own_from IS NOT DISTINCT FROM lag(own_from) OVER by_value
        OR left(own_from, 19) = left(stamp, 19)), false) AS goes_on
    FROM placed
    WINDOW by_value AS (PARTITION BY fact_key, value ORDER BY place)),
numbered AS (
    SELECT *, sum(CASE WHEN goes_on THEN 0 ELSE 1 END) OVER (
        PARTITION BY fact_key, value ORDER BY place) AS run
    FROM marked),
latest AS (
    SELECT fact_key, value, run, max(place) AS last, arg_max_null(until, place) AS until,
        arg_max_null(own_to, place) AS own_to
    FROM numbered
    GROUP BY fact_key, value, run),
begun AS (
    SELECT n.* EXCLUDE (until, own_to, goes_on), l.last, l.until, l.own_to
    FROM numbered n
    JOIN latest l USING (fact_key, value, run)
    WHERE NOT n.goes_on),
returned AS (
    SELECT b.fact_key, b.value, b.run
    FROM begun b
    JOIN begun e ON e.fact_key = b.fact_key AND e.start_id = b.start_id AND e.end_id = b.end_id
        AND e.own_from = b.own_from AND e.place < b.place
    GROUP BY b.fact_key, b.value, b.run, b.place
    HAVING max(e.last) < b.place - 1),
fact AS (
    SELECT b.*,
        CASE
            WHEN r.fact_key IS NOT NULL THEN greatest(b.own_from, b.stamp)
            ELSE coalesce(b.own_from, CASE WHEN b.place = 1 THEN b.first_from ELSE b.stamp END)
        END AS valid_from
    FROM begun b
    LEFT JOIN returned r USING (fact_key, value, run)),
followed AS (
    SELECT f.fact_key, f.value, f.run, min(n.valid_from) AS next,
        bool_or(n.start_id = f.start_id AND n.end_id = f.end_id
            AND (n.valid_from = f.valid_from OR n.value = f.value)) AS corrected
    FROM fact f
    JOIN fact n ON n.fact_key = f.fact_key AND n.place = f.last + 1
    GROUP BY f.fact_key, f.value, f.run),
corrects AS (
    SELECT DISTINCT n.fact_key, n.value, n.run
    FROM fact f
    JOIN fact n ON n.fact_key = f.fact_key AND n.place = f.last + 1 AND n.start_id = f.start_id
        AND n.end_id = f.end_id AND (n.valid_from = f.valid_from OR n.value = f.value)),
dated AS (
    SELECT f.* EXCLUDE (source_key),
        CASE
            WHEN row_number() OVER (
                PARTITION BY f.fact_key, f.start_id, f.end_id, f.valid_from ORDER BY f.place, f.value) = 1
            THEN f.source_key
            ELSE f.source_key || $salt || left(md5(f.value || f.stamp), 8)
        END AS source_key,
        coalesce(w.corrected, false) AS corrected,
        CASE WHEN w.next > f.valid_from THEN w.next ELSE greatest(f.until, f.valid_from) END AS ends,
        CASE
            WHEN c.fact_key IS NULL THEN coalesce(f.known, f.valid_from)
            ELSE greatest(f.stamp, coalesce(f.known, f.valid_from))
        END AS known_from
    FROM fact f
    LEFT JOIN followed w USING (fact_key, value, run)
    LEFT JOIN corrects c USING (fact_key, value, run))
SELECT fact_key, value, fact_id(type, start_id, end_id, source, source_key, valid_from) AS fact_id, type,
    start_label, end_label, start_id, end_id, source, source_key, valid_from,
    CASE
        WHEN own_to = $at_once THEN valid_from
        WHEN until IS NULL OR corrected THEN own_to
        ELSE least(own_to, ends)
    END AS valid_to,
    known_from,
    CASE WHEN corrected THEN greatest(until, valid_from) END AS known_to, basis, fields
FROM dated
