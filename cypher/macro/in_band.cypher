// macro: in_band  arguments: customer, moment  params: band
// The churn score that stood at the moment is in $band; null narrows nothing. A CASE: beside OR, Neo4j reads the scores of
// every customer even where $band is null.
CASE WHEN $band IS NULL THEN true ELSE {{churn_bands customer moment}} = [$band] END
