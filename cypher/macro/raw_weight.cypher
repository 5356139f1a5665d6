// macro: raw_weight  arguments: tie, moment  params: -
// A tie's raw weight read later than it was derived; it halves with every half-life.
tie.raw * 0.5 ^ (duration.inSeconds(tie.derived_at, moment).seconds / 86400.0 / tie.half_life_days)
