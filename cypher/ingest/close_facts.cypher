// name: ingest.close_facts  params: rows  access: write  sees: all  slots: label, key
// The open facts of entities that end, whoever stated them.
UNWIND $rows AS row
MATCH (n:{{label}} { {{key}}: row.id})-[r]-()
WHERE r.fact_id IS NOT NULL AND r.valid_to IS NULL AND r.known_to IS NULL
SET r.valid_to = datetime(row.moment), r.reason = 'its entity ended'
RETURN count(*) AS closed
