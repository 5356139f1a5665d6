// name: derive.standing_together  params: -  access: read  sees: all
MATCH (one:Product)-[w:BOUGHT_WITH]->(other:Product)
RETURN one.product_id AS one, other.product_id AS other, w.customers AS customers, w.lift AS lift, w.rank AS rank
