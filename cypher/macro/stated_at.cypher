// macro: stated_at  arguments: fact, moment  params: -
// Both half-open intervals of the fact, in the world and known, contain the moment; it may have been dismissed.
{{known_at fact moment}} AND (fact.valid_to IS NULL OR fact.valid_to > moment)
