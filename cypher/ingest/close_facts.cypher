// name: ingest.close_facts  params: rows  access: write  sees: all  slots: label, key
// The facts of entities that end, whoever stated them: those that are open, and those that an end closed which has
// moved since. Of two ends the first counts.
UNWIND $rows AS row
MATCH (n:{{label}} { {{key}}: row.id})-[r]-(other)
WHERE r.fact_id IS NOT NULL AND r.known_to IS NULL AND (r.valid_to IS NULL OR r.reason = 'its entity ended')
WITH r, datetime(row.moment) AS moment, other.ended_at AS other_end
WITH r, CASE WHEN other_end < moment THEN other_end ELSE moment END AS ends
SET r.valid_to = CASE WHEN r.valid_from > ends THEN r.valid_from ELSE ends END, r.reason = 'its entity ended'
RETURN count(*) AS closed
