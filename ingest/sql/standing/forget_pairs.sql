-- name: standing.forget_pairs  params: -  relations: -
DELETE FROM pair
WHERE one IN (SELECT r.row FROM record r SEMI JOIN gone USING (id))
   OR other IN (SELECT r.row FROM record r SEMI JOIN gone USING (id))
