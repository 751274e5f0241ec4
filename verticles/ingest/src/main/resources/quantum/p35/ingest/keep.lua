-- Keeps entries in hand from looking idle.
-- KEYS[1] stream, [2] status; ARGV[1] group, [2] own name, [3..] ids
-- Answers how many of them are lost: Redis 7 drops ids whose entries were trimmed from the pending list as it claims.
if redis.replicate_commands then redis.replicate_commands() end

local function pending()
    return redis.call('XPENDING', KEYS[1], ARGV[1])[1]
end

redis.call('HINCRBY', KEYS[2], 'lost_total', 0) -- refused when out of memory, and then nothing is claimed
local before = pending()
for first = 3, #ARGV, 1000 do
    local claim = { 'XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, unpack(ARGV, first, math.min(first + 999, #ARGV)) }
    claim[#claim + 1] = 'JUSTID'
    redis.call(unpack(claim))
end
local lost = before - pending()
if lost > 0 then redis.call('HINCRBY', KEYS[2], 'lost_total', lost) end
return lost
