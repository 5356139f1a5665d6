// macro: standing_score  arguments: score, moment  params: -
// A score that was made of what was known by the moment, and that had not ended by then.
score.as_of <= moment AND (score.until IS NULL OR score.until > moment)
