-- name: target.pending  params: database_id  relations: target, ledger
-- Where several rules state one item (a mail to its own sender), the first of the mapping counts.
WITH grouped AS (
    SELECT concat_ws('|', kind, name, start_label, end_label) AS write_group, t.*
    FROM {{target}} t
    SEMI JOIN (SELECT min(rowid) AS place FROM {{target}} GROUP BY item) f ON f.place = t.rowid),
hashed AS (
    SELECT *, md5(write_group || body) AS hash
    FROM grouped),
changed AS (
    SELECT t.*, h.item IS NULL AS fresh,
        CASE WHEN kind = 'node' THEN 0
            ELSE hash(body ->> '$.start') % 2 * 2 + hash(body ->> '$.end') % 2
        END::UTINYINT AS cell
    FROM hashed t
    LEFT JOIN (SELECT item, hash FROM {{ledger}} WHERE database_id = $database_id) h ON h.item = t.item
    WHERE h.hash IS DISTINCT FROM t.hash)
SELECT row_number() OVER (ORDER BY write_group, cell, item) AS seq, write_group, kind, name, start_label, end_label,
    item, body, cell, hash, fresh
FROM changed
