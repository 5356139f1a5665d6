// name: path.evidence  params: fact_ids  access: read
// A question of its own: inside COLLECT the embedded engine does not use the index on fact_id.
MATCH ()-[k:KNOWS]->() WHERE k.fact_id IN $fact_ids
RETURN k.fact_id AS fact_id, k.interactions AS interactions, k.last_at AS last_at, k.evidence AS evidence
