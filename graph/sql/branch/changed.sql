-- name: branch.changed  params: before, now  relations: -
-- Whether a customer or a stated parent has changed, or the day of one has come.
SELECT EXISTS (FROM changed WHERE kind IN ('node_customer', 'edge_parent_of'))
  OR EXISTS (
    FROM edge_parent_of
    WHERE valid_from > $before AND valid_from <= $now OR valid_to > $before AND valid_to <= $now
      OR known_from > $before AND known_from <= $now OR known_to > $before AND known_to <= $now)
