-- name: revert.unreferred  params: run_id, dataset  relations: bad, refused, clean
-- Rows that the load took and that are bad without the one that is taken back.
SELECT $run_id AS run_id, $dataset AS dataset, c.__file AS file, c.__row AS row, any_value(b.reason) AS reason,
    c.__hash AS hash
FROM {{bad}} b
JOIN {{clean}} c ON c.__seq = b.seq
ANTI JOIN {{refused}} r ON r.dataset = b.dataset AND r.seq = b.seq
WHERE b.dataset = $dataset
GROUP BY c.__file, c.__row, c.__hash
