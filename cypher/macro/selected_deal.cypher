// macro: selected_deal  arguments: deal, customer, moment  params: only_open, stages, currency, amount_from, amount_until, closes_from, closes_until, silent_since
// A deal that stands at the moment and answers to the filter; what is null, or a list that is empty, narrows nothing.
(deal.opened_at IS NULL OR deal.opened_at <= moment) AND {{standing_at deal moment}} AND {{standing_at customer moment}}
AND {{in_scope customer}}
AND (NOT $only_open OR deal.closed_at IS NULL AND deal.outcome IS NULL OR deal.closed_at > moment)
AND (size($stages) = 0 OR deal.stage IN $stages)
AND ($currency IS NULL OR deal.currency = $currency)
AND ($amount_from IS NULL OR deal.amount >= $amount_from) AND ($amount_until IS NULL OR deal.amount < $amount_until)
AND ($closes_from IS NULL OR deal.expected_at >= datetime($closes_from))
AND ($closes_until IS NULL OR deal.expected_at < datetime($closes_until))
AND {{in_band customer moment}}
AND ($silent_since IS NULL OR NOT EXISTS {
  MATCH (deal)<-[:ABOUT]-(about:Interaction) WHERE about.at > datetime($silent_since) AND about.at <= moment
    AND {{standing_at about moment}} AND {{seen_by_viewer about}} }
AND NOT EXISTS {
  MATCH (customer)<-[:FOR]-(talk:Interaction) WHERE talk.at > datetime($silent_since) AND talk.at <= moment
    AND {{standing_at talk moment}} AND {{seen_by_viewer talk}} }
AND NOT EXISTS {
  MATCH (customer)<-[job:WORKS_AT]-(:Contact)-[:PARTICIPATED_IN]->(met:Interaction)
  WHERE met.at > datetime($silent_since) AND met.at <= moment AND {{true_at job moment}} AND {{seen_by_viewer job}}
    AND {{seen_by_viewer met}} AND {{standing_at met moment}} })
