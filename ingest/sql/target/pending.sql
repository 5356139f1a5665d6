-- name: target.pending  params: database_id  relations: target, ledger
-- Where several rules state one item (a mail to its own sender), the first of the mapping counts.
WITH grouped AS (
    SELECT concat_ws('|', kind, name, start_label, end_label) AS write_group, t.*
    FROM {{target}} t
    SEMI JOIN (SELECT min(rowid) AS place FROM {{target}} GROUP BY item) f ON f.place = t.rowid),
hashed AS (
    SELECT *, md5(write_group || body) AS hash
    FROM grouped),
held AS (
    SELECT item, hash
    FROM {{ledger}}
    WHERE database_id = $database_id)
SELECT row_number() OVER (ORDER BY t.write_group, t.item) AS seq, t.*, h.item IS NULL AS fresh
FROM hashed t
LEFT JOIN held h ON h.item = t.item
WHERE h.hash IS DISTINCT FROM t.hash
