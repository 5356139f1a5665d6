-- name: touched.known_people  params: -  relations: -
SELECT label, id FROM touched_people
