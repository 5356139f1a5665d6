// name: page.risk_window  params: low, high, size  access: read  sees: viewer
// How many scores lie between two probabilities, counted up to `size`.
MATCH (s:RiskScore) WHERE s.probability >= $low AND s.probability <= $high
WITH s LIMIT $size
RETURN count(*) AS scores
