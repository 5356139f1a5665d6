// macro: known_at  arguments: fact, moment  params: -
// Begun in the world and known to its source at the moment; it may have ended since it began.
fact.valid_from <= moment AND coalesce(fact.known_from, fact.valid_from) <= moment
AND (fact.known_to IS NULL OR fact.known_to > moment)
