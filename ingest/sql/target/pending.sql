-- name: target.pending  params: database_id  relations: target, ledger
-- Where several rules state one item (a mail to its own sender), the first of the mapping counts.
WITH grouped AS (
    SELECT concat_ws('|', kind, name, start_label, end_label) AS write_group, t.*
    FROM {{target}} t
    SEMI JOIN (SELECT min(rowid) AS place FROM {{target}} GROUP BY item) f ON f.place = t.rowid),
hashed AS (
    SELECT *, md5(write_group || body) AS hash,
        CASE WHEN kind <> 'node' THEN json_extract_string(body, ['$.start', '$.end']) END AS ends
    FROM grouped),
changed AS (
    SELECT t.* EXCLUDE (ends), h.item IS NULL AS fresh,
        CASE WHEN ends IS NULL THEN 0 ELSE hash(ends[1]) % 2 * 2 + hash(ends[2]) % 2 END::UTINYINT AS cell
    FROM hashed t
    LEFT JOIN (SELECT item, hash FROM {{ledger}} WHERE database_id = $database_id) h ON h.item = t.item
    WHERE h.hash IS DISTINCT FROM t.hash)
SELECT row_number() OVER (ORDER BY write_group, cell, item) AS seq, write_group, kind, name, start_label, end_label,
    item, body, cell, hash, fresh
FROM changed
