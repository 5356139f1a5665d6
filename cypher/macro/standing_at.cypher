// macro: standing_at  arguments: record, moment  params: -
// Its sources had not deleted it at the moment, nor ceased to export it.
(record.ended_at IS NULL OR record.ended_at > moment)
