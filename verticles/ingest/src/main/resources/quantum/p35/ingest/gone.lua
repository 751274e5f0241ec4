-- After Redis came back as another server: which of the entries read before are not there any more?
--
-- KEYS[1] stream, [2] status, [3] remembers for which history the caller asked: losses count once, also when the answer to this
--   is lost and it is asked again
-- ARGV[1] replication id of this Redis, ARGV[2..] ids that the caller read, the newest first
-- Answers how many are gone, and the newest of them that is not, or "".
--
-- A replica that took over has everything up to some point and nothing after it, so the gone ones are the newest. An id
-- before the first entry was trimmed as usual, which says nothing.

if redis.replicate_commands then redis.replicate_commands() end

local stream, status, history = KEYS[1], KEYS[2], ARGV[1]

local function at_or_before(id, other)
    local ms, seq = string.match(id, '^(%d+)-(%d+)$')
    local other_ms, other_seq = string.match(other, '^(%d+)-(%d+)$')
    if #ms ~= #other_ms then return #ms < #other_ms end
    if ms ~= other_ms then return ms < other_ms end
    if #seq ~= #other_seq then return #seq < #other_seq end
    return seq <= other_seq
end

local oldest = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
if not oldest then return { 0, '' } end

local gone, kept = 0, ''
for i = 2, #ARGV do
    local id = ARGV[i]
    if at_or_before(id, oldest[1]) or #redis.call('XRANGE', stream, id, id) == 1 then
        kept = id
        break
    end
    gone = gone + 1
end
if gone > 0 and redis.call('GET', KEYS[3]) ~= history then
    redis.call('SET', KEYS[3], history, 'EX', 3600)
    redis.call('HINCRBY', status, 'lost_total', gone)
    redis.call('HINCRBY', status, 'read_base', gone) -- this group, as it is now, did not deliver them
end
return { gone, kept }
