// name: derive.drop_managers  params: fact_ids  access: write
MATCH ()-[r:REPORTS_TO]->() WHERE r.fact_id IN $fact_ids
DELETE r
