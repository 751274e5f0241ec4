-- Takes over entries that idle with a consumer that seems dead.
-- KEYS[1] stream, [2] status; ARGV[1] group, [2] own name, [3] idle milliseconds, [4] cursor, [5] count
-- Answers {next cursor, ids now pending under the own name, ids lost}. Redis 7 drops ids whose entries were trimmed from
-- the pending list as it claims: they are counted as lost here, in the same step. Redis 6 leaves them pending.
if redis.replicate_commands then redis.replicate_commands() end

redis.call('HINCRBY', KEYS[2], 'lost_total', 0) -- refused when out of memory, and then nothing is claimed
local claimed = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4], 'COUNT', ARGV[5], 'JUSTID')
local lost = claimed[3] and #claimed[3] or 0
if lost > 0 then redis.call('HINCRBY', KEYS[2], 'lost_total', lost) end
return { claimed[1], claimed[2], lost }
