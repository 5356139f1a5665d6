-- name: identity.credible_matches  params: most  relations: match
SELECT * FROM {{match}} WHERE keys <= $most AND entities <= $most
