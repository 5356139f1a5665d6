-- name: snapshot.deal_values  params: before  relations: -
-- Versions of deals and leads from the source rows known before the moment. A row that tells how one ended was known when
-- it ended, whatever its own stamp says; one that tells it and no day is left out.
SELECT e.end_label AS kind, e.end_id AS deal_id, r.values ->> '$.stage' AS stage,
    CAST(r.values ->> '$.amount' AS DOUBLE) AS amount,
    date_trunc('milliseconds', CAST(CAST(r.values ->> '$.expected_at' AS TIMESTAMPTZ) AS TIMESTAMP)) AS expected_at,
    date_trunc('milliseconds', CASE WHEN r.values ->> '$.outcome' IS NULL THEN r.known_from
        ELSE greatest(r.known_from, coalesce(o.closed_at, l.closed_at)) END) AS known_from,
    date_trunc('milliseconds', r.known_to) AS known_to
FROM node_source_record r
JOIN edge_record_of e ON e.start_id = r.record_id AND e.end_label IN ('Opportunity', 'Lead')
LEFT JOIN node_opportunity o ON e.end_label = 'Opportunity' AND o.opportunity_id = e.end_id
LEFT JOIN node_lead l ON e.end_label = 'Lead' AND l.lead_id = e.end_id
WHERE r.known_from < $before
    AND (r.values ->> '$.outcome' IS NULL OR coalesce(o.closed_at, l.closed_at) IS NOT NULL)
