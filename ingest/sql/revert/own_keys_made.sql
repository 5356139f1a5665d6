-- name: revert.own_keys_made  params: -  relations: key, node_row, bad
-- Keys of records of this load count as made by it, so that it writes their aliases itself.
UPDATE {{key}} AS k
SET state = 'made'
FROM (
    SELECT DISTINCT r.label, r.source, r.key
    FROM {{node_row}} r
    ANTI JOIN {{bad}} b ON b.dataset = r.dataset AND b.seq = r.seq) own
WHERE k.state = 'known' AND k.label = own.label AND k.source = own.source AND k.key = own.key
