// name: ingest.reopen_facts  params: ids  access: write  sees: all  slots: label, key
// Facts that were closed only because their entity had ended, unless their other end has ended, too.
MATCH (n:{{label}})-[r]-(other)
WHERE n.{{key}} IN $ids AND r.reason = 'its entity ended' AND other.ended_at IS NULL
SET r.valid_to = null, r.reason = null
RETURN count(*) AS opened
