-- Puts an entry that Redis refuses to count on the dead-letter stream and ACKs it, in one step.
-- KEYS[1] stream, [2] dead-letter stream, [3] status; ARGV[1] group, [2] entry id, [3] reason
-- Answers 1 when it was pending, else 0.
if redis.replicate_commands then redis.replicate_commands() end

local entries = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])
local letter = { 'dead_id', ARGV[2], 'dead_reason', ARGV[3] }
if entries[1] then
    for _, text in ipairs(entries[1][2]) do letter[#letter + 1] = text end
end
-- refused when out of memory, and then not ACKed; an entry that was not pending leaves no letter
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if #pending == 0 then return 0 end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 1000, '*', unpack(letter))
redis.call('HINCRBY', KEYS[3], 'dead_letter_total', 1)
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
