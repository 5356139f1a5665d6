// fragment: customer_part.deals  params: parts, limit
// Opportunities, newest first, as they stood then.
CASE WHEN 'deals' IN $parts THEN COLLECT {
  MATCH (c)<-[:FOR]-(o:Opportunity) WHERE (o.opened_at IS NULL OR o.opened_at <= t) AND {{standing_at o t}}
  RETURN o {.opportunity_id, .name, .stage, .amount, .currency, .opened_at,
    closed_at: CASE WHEN o.closed_at <= t THEN o.closed_at ELSE NULL END,
    outcome: CASE WHEN o.closed_at > t THEN NULL ELSE o.outcome END}
  ORDER BY o.opened_at DESC, o.opportunity_id
  LIMIT $limit
} END AS deals
