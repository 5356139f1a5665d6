// macro: true_at  arguments: fact, moment  params: -
// The as-of rule: the fact is stated at the moment, and nobody had dismissed it by then.
{{stated_at fact moment}} AND (fact.dismissed_at IS NULL OR fact.dismissed_at > moment)
