// fragment: customer_part.suggestions  params: parts, suggestions, scope
// The first products to offer, best first; none of a scoring as of a later moment, none dismissed, none not sold any more.
// Why, with `reasons`. `whole`: reasons that name other customers may be told, since whoever asks sees all rows.
CASE WHEN 'suggestions' IN $parts THEN COLLECT {
  MATCH (c)<-[:FOR]-(r:Recommendation)-[:ABOUT]->(p:Product) WHERE r.as_of <= t AND {{on_sale p t}} AND NOT {{dismissed c p t}}
  RETURN r {.recommendation_id, .rank, .score, .probability, .scored_at, .as_of, .model_id, .fallback,
    product_id: p.product_id, product_name: p.name, family: p.family, list_price: p.list_price,
    currency: p.currency, url: p.url, image: p.image,
    reasons: CASE WHEN 'reasons' IN $parts THEN r.reasons END, whole: $scope.all}
  ORDER BY r.rank, r.scored_at DESC, r.recommendation_id
  LIMIT $suggestions
} END AS suggestions
