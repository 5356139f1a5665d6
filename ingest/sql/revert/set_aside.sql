-- name: revert.set_aside  params: -  relations: unreferred, raw, quarantine
SELECT u.run_id, u.dataset, u.file, u.row, u.reason, any_value(r.cells) AS cells
FROM {{unreferred}} u
LEFT JOIN {{raw}} r ON r.dataset = u.dataset AND r.hash = u.hash
WHERE NOT EXISTS (
    SELECT 1 FROM {{quarantine}} q
    WHERE q.run_id = u.run_id AND q.dataset = u.dataset AND q.file = u.file AND q.row = u.row)
GROUP BY u.run_id, u.dataset, u.file, u.row, u.reason
