DELETE FROM change WHERE state = 'waiting' AND record = :record AND key = :key AND field = :field
