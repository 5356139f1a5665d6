// macro: churn_bands  arguments: customer, moment  params: -
// The band of the churn score that stood, as a list of one or none.
COLLECT {
  MATCH (customer)-[:SCORED]->(score:RiskScore)
  WHERE score.task = 'churn' AND {{standing_score score moment}}
  RETURN score.band ORDER BY score.as_of DESC, score.scored_at DESC, score.score_id DESC LIMIT 1
}
