// macro: strength  arguments: tie, moment  params: -
// A tie's strength read later than it was derived: it fades as if there were no contact in between.
1.0 - (1.0 - tie.strength) ^ (0.5 ^ ((moment.epochMillis - tie.derived_at.epochMillis) / 86400000.0 / tie.half_life_days))
