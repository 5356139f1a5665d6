// macro: in_log  arguments: change  params: -
// It is a load or a statement of a user, not what derive, scoring and assigning announce.
NOT change.actor IN ['derive', 'score', 'assign']
