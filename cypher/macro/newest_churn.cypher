// macro: newest_churn  arguments: customer, moment  params: scope
// The churn score that stood at the moment, as a list of one or none. One of a later moment knows what had not
// happened yet. `whole`: reasons that name other customers may be told, since whoever asks sees all rows.
COLLECT {
  MATCH (customer)-[:SCORED]->(score:RiskScore)
  WHERE score.task = 'churn' AND {{standing_score score moment}}
  RETURN score {.score_id, .task, .probability, .percentile, .band, .horizon_days, .scored_at, .as_of, .model_id,
    .reasons, whole: $scope.all}
  ORDER BY score.as_of DESC, score.scored_at DESC, score.score_id DESC LIMIT 1
}
