// macro: dismissed  arguments: customer, product, moment  params: -
// Offered to the customer and dismissed, and not to be offered again yet.
EXISTS {
  MATCH (customer)-[offer:OFFERED]->(product)
  WHERE offer.outcome = 'dismissed' AND {{true_at offer moment}} AND {{seen_by_viewer offer}}
}
