// macro: raw_weight  arguments: tie, moment  params: -
// A tie's raw weight read later than it was derived; it halves with every half-life.
tie.raw * 0.5 ^ ((moment.epochMillis - tie.derived_at.epochMillis) / 86400000.0 / tie.half_life_days)
