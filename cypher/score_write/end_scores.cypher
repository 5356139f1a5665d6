// name: score_write.end_scores  params: ids, as_of  access: write  sees: all
UNWIND $ids AS ended
MATCH (s:RiskScore {score_id: ended})
SET s.until = datetime($as_of)
RETURN count(*) AS ended
