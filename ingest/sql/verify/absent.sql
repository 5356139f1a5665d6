-- name: verify.absent  params: database_id, source, dataset  relations: record, contribution
-- Records that the ledger has live and that no row of a complete export names.
SELECT label, list(key ORDER BY key)
FROM {{record}} r
ANTI JOIN {{contribution}} c USING (label, source, dataset, rule, key)
WHERE r.database_id = $database_id AND r.source = $source AND r.dataset = $dataset AND r.ended_at IS NULL
GROUP BY label
ORDER BY label
