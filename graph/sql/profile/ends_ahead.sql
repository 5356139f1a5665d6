-- name: profile.ends_ahead  params: now  relations: -
-- Customers that still stand but have no profile, since their sources said when they end.
SELECT count(*) FROM node_customer WHERE ended_at > $now
