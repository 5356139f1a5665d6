-- name: tie.weighed  params: one_sided  relations: -
-- Per pair its weight as of the last contact: mails count in full as far as they are answered.
SELECT *, mutual + $one_sided * (forth + back) + (1.0 - $one_sided) * 2.0 * least(forth, back) AS weight
FROM tie_sums
