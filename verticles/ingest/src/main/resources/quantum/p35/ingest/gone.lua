-- After Redis came back as another server: which of the entries read before are not there any more?
--
-- KEYS[1] stream, [2] status, [3] remembers what was counted for which newest id: losses count once, also when the answer to
--   this is lost and it is asked again, perhaps after yet another failover
-- ARGV[1..] ids that the caller read, the newest first
-- Answers how many are gone, and the newest of them that is not, or "".
--
-- A replica that took over has everything up to some point and nothing after it, so the gone ones are the newest. An id
-- before the first entry was trimmed as usual, one up to the newest that was deleted perhaps deleted: that says nothing.

if redis.replicate_commands then redis.replicate_commands() end

local stream, status = KEYS[1], KEYS[2]

local info = redis.pcall('XINFO', 'STREAM', stream)
if info.err then return { 0, '' } end
local deleted, oldest = '0-0', nil
for i = 1, #info, 2 do
    if info[i] == 'max-deleted-entry-id' then deleted = info[i + 1] end -- Redis 6 does not know
    if info[i] == 'first-entry' and info[i + 1] then oldest = info[i + 1][1] end
end
if not oldest then return { 0, '' } end

local gone, kept = 0, ''
for _, id in ipairs(ARGV) do
    if at_or_before(id, oldest) or at_or_before(id, deleted) or #redis.call('XRANGE', stream, id, id) == 1 then
        kept = id
        break
    end
    gone = gone + 1
end

local newest, before = string.match(redis.call('GET', KEYS[3]) or '', '^(%S+) (%d+)$')
local more = newest == ARGV[1] and gone - before or gone
if more > 0 then
    redis.call('SET', KEYS[3], ARGV[1] .. ' ' .. gone, 'EX', 3600)
    redis.call('HINCRBY', status, 'lost_total', more)
    redis.call('HINCRBY', status, 'read_base', more) -- this group, as it is now, did not deliver them
end
return { gone, kept }
