-- name: calibration.extent  params: now  relations: -
-- How many interactions tie somebody, and how many reporting lines of customers' staff are stated.
SELECT (SELECT count(*) FROM tie_groups), (
  SELECT count(*) FROM edge_reports_to
  WHERE start_label = 'Contact' AND basis <> 'inferred' AND seen_by_company(visibility)
    AND valid_from <= $now AND (valid_to IS NULL OR valid_to > $now))
