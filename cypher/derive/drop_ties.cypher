// name: derive.drop_ties  params: fact_ids  access: write
MATCH ()-[r:KNOWS]->() WHERE r.fact_id IN $fact_ids
DELETE r
