// macro: true_at  arguments: fact, moment  params: -
// The as-of rule: both half-open intervals of the fact, in the world and known, contain the moment.
{{known_at fact moment}} AND (fact.valid_to IS NULL OR fact.valid_to > moment)
