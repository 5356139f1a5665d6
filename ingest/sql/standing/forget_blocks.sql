-- name: standing.forget_blocks  params: -  relations: -
DELETE FROM block WHERE row IN (SELECT r.row FROM record r SEMI JOIN gone USING (id))
