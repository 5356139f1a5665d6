// fragment: customer_part.discontinued  params: parts
// Products that the model suggests and that are no longer sold.
CASE WHEN 'discontinued' IN $parts THEN COLLECT {
  MATCH (c)<-[:FOR]-(r:Recommendation)-[:ABOUT]->(p:Product)
  WHERE r.as_of <= t AND NOT {{on_sale p t}}
  RETURN {product_id: p.product_id, name: p.name, since: p.ended_at}
  ORDER BY r.rank, p.product_id
} END AS discontinued
