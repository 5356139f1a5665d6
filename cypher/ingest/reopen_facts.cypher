// name: ingest.reopen_facts  params: ids  access: write  sees: all  slots: label, key
// Facts that were closed only because their entity had ended, unless their other end has ended, too.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})-[r]-(other)
WHERE r.reason = 'its entity ended' AND other.ended_at IS NULL
SET r.valid_to = null, r.reason = null
RETURN count(*) AS opened
