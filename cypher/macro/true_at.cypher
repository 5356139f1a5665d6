// macro: true_at  arguments: fact, moment  params: -
// The as-of rule: the fact is stated at the moment, and nobody had dismissed it by then.
{{stated_at fact moment}} AND coalesce(fact.dismissed_at > moment, true)
