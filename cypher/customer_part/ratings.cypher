// fragment: customer_part.ratings  params: parts
// The worst and the best rating of a ticket, as the last derive left them.
CASE WHEN 'ratings' IN $parts THEN COLLECT {
  MATCH (r:Run {run_id: 'ticket-ratings'}) RETURN r.report
} END AS ratings
