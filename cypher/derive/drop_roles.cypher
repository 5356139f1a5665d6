// name: derive.drop_roles  params: fact_ids  access: write
MATCH ()-[r:HAS_ROLE]->() WHERE r.fact_id IN $fact_ids
DELETE r
