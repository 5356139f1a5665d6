-- name: staging.layout_version  params: version  relations: -
SELECT $version AS version
