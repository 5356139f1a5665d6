// fragment: customer_part.dismissals  params: parts, limit
// Products that were dismissed and are not to be offered again yet, the last first.
CASE WHEN 'dismissals' IN $parts THEN COLLECT {
  MATCH (c)-[o:OFFERED]->(p:Product)
  WHERE o.outcome = 'dismissed' AND {{true_at o t}} AND {{seen_by_viewer o}}
  RETURN {product_id: p.product_id, name: p.name, dismissal: o.dismissal, since: o.valid_from, until: o.valid_to}
  ORDER BY o.valid_from DESC, p.product_id, o.fact_id
  LIMIT $limit
} END AS dismissals
