-- Makes sure that the consumer group is there, and settles what a consumer still holds from before it was made.
--
-- KEYS[1] stream, [2] status, [3] remembers for which generation the caller's ids were settled: losses count once, also
--   when the answer to this is lost and it is asked again
-- ARGV[1] group, ARGV[2..] ids that the caller holds uncounted
-- Answers {generation of the group, 1 when it was made now, held ids that nobody can count any more,
--   replication id of this Redis}.
--
-- The group is made at the last id that was committed: at 0 it would count again what was counted, at $ it would lose what
-- came meanwhile. ENTRIESREAD (Redis 7) keeps the lag right. A held id is fine when it is pending, or when it will be
-- delivered again; else it is lost.

if redis.replicate_commands then redis.replicate_commands() end

local stream, status, group = KEYS[1], KEYS[2], ARGV[1]

local function entries_added()
    if redis.call('EXISTS', stream) == 0 then return 0 end
    local info = redis.call('XINFO', 'STREAM', stream)
    for i = 1, #info, 2 do
        if info[i] == 'entries-added' then return info[i + 1] end
    end
    return nil -- Redis 6 does not know
end

local function new_generation()
    local time = redis.call('TIME')
    return time[1] .. '.' .. time[2]
end

local function total(field)
    return tonumber(redis.call('HGET', status, field) or '0') or 0
end

local function make_group()
    local from = redis.call('HGET', status, 'last_id')
    if not from or from == '' then from = '0-0' end
    local added = entries_added()
    local create = { 'XGROUP', 'CREATE', stream, group, from, 'MKSTREAM' }
    local entries_read = 0
    if added and redis.call('EXISTS', stream) == 1 then
        entries_read = math.max(0, added - entries_after(from))
        create[#create + 1] = 'ENTRIESREAD'
        create[#create + 1] = entries_read
    end
    local settled = total('processed_total') + total('lost_total') + total('dead_letter_total')
    -- refused when out of memory, and then nothing was made
    redis.call('HSET', status, 'group_generation', new_generation(), 'group_from', from, 'gap_counted', 0,
        'read_base', settled - entries_read)
    redis.call(unpack(create))
end

local made = 0
local summary = redis.pcall('XPENDING', stream, group)
if summary.err then
    if not string.find(summary.err, 'NOGROUP', 1, true) then return { err = summary.err .. ' (key ' .. stream .. ')' } end
    make_group()
    made = 1
elseif redis.call('HEXISTS', status, 'group_generation') == 0 then
    redis.call('HSET', status, 'group_generation', new_generation()) -- a group that somebody else made
end

local generation = redis.call('HGET', status, 'group_generation')
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
if #ARGV < 2 or redis.call('GET', KEYS[3]) == generation then return { generation, made, 0, history } end

local from = redis.call('HGET', status, 'group_from') or '0-0'
local lost = 0
redis.call('SET', KEYS[3], generation, 'EX', 3600)
for i = 2, #ARGV do
    local id = ARGV[i]
    if #redis.call('XPENDING', stream, group, id, id, 1) == 0 then
        local delivered_again = not at_or_before(id, from) and #redis.call('XRANGE', stream, id, id) == 1
        if not delivered_again then lost = lost + 1 end
    end
end
if lost > 0 then
    redis.call('HINCRBY', status, 'lost_total', lost)
    redis.call('HINCRBY', status, 'read_base', lost) -- this group did not deliver them
end
return { generation, made, lost, history }
