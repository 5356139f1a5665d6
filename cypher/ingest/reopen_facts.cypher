// name: ingest.reopen_facts  params: ids  access: write  sees: all  slots: label, key
// Facts that were closed only because their entity had ended.
MATCH (n:{{label}})-[r]-()
WHERE n.{{key}} IN $ids AND r.reason = 'its entity ended'
SET r.valid_to = null, r.reason = null
RETURN count(*) AS opened
