// name: order_window.risk  params: low, now, size  access: read  sees: viewer
// Churn scores from a place of their order on, and of each the customer if it is the newest that stands. The scores come
// first and by themselves: the embedded engine reads an index in its order only so. Neo4j takes the index as it is told to;
// of few scores it would read all, in any order.
MATCH (s:RiskScore) USING INDEX s:RiskScore(risk_order) WHERE s.risk_order >= $low
WITH s, datetime($now) AS t LIMIT $size
RETURN s.risk_order AS place, COLLECT {
    MATCH (s)<-[:SCORED]-(c:Customer)
    WHERE s.task = 'churn' AND {{standing_score s t}}
      AND NOT EXISTS {
        MATCH (c)-[:SCORED]->(newer:RiskScore)
        WHERE newer.task = 'churn' AND {{standing_score newer t}}
          AND (newer.as_of > s.as_of OR newer.as_of = s.as_of AND (newer.scored_at > s.scored_at
            OR newer.scored_at = s.scored_at AND newer.score_id > s.score_id))
      }
    RETURN c.customer_id
  } AS customer_ids
