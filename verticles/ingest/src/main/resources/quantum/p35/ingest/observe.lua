-- Looks at the stream and the group once a second, writes what operators read from the status hash, and finds entries that
-- were trimmed before anybody read them.
--
-- KEYS[1] stream, [2] status; ARGV[1] group, then field and value pairs for the status hash
-- Answers {pending, lag or -1 when unknown, milliseconds of the oldest uncounted id or -1, processed_total, lost_total,
--   last id delivered, first id in the stream or "", 1 when entries between those two may be gone unread, losses found now}.
--
-- When the last id delivered is the last one generated, everything was read that could be: what was added and not read
-- (Redis 7 counts both) is lost, to the unit. gap_counted remembers how much of that is in lost_total already, and Redis's
-- own lag contains it for ever.
--
-- Redis writes entries-read neither to the append-only file nor to replicas (XREADGROUP goes there as XCLAIM, 7.0.15), so
-- after a restart or a failover it is too low, and everything read since would look like a gap. Then it is set anew:
-- an entry that was read is counted, lost, on the dead-letter stream, or pending. read_base is what these came to before
-- the group read anything.

if redis.replicate_commands then redis.replicate_commands() end

local stream, status, group = KEYS[1], KEYS[2], ARGV[1]

local function fields(flat)
    local map = {}
    for i = 1, #flat, 2 do map[flat[i]] = flat[i + 1] end
    return map
end

local function our_group()
    for _, flat in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
        local candidate = fields(flat)
        if candidate.name == group then return candidate end
    end
end

local summary = redis.pcall('XPENDING', stream, group)
if summary.err then return summary end

local info, ours = fields(redis.call('XINFO', 'STREAM', stream)), our_group()
local delivered = ours['last-delivered-id']
local function total(field)
    return tonumber(redis.call('HGET', status, field) or '0') or 0
end

local gap_counted = total('gap_counted')
local found = 0

if ours['entries-read'] then
    -- another one after a restart, and whenever a replica becomes the master, also one that was it before
    local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
    local settled = total('processed_total') + total('lost_total') - gap_counted + total('dead_letter_total') + summary[1]
    local base = redis.call('HGET', status, 'read_base')
    if not base then
        redis.call('HSET', status, 'read_base', settled - ours['entries-read'])
    elseif redis.call('HGET', status, 'redis_run') ~= history then
        local read = math.max(0, settled - base)
        if read > info['entries-added'] then
            read = info['entries-added'] - entries_after(delivered) -- Redis 6 had not counted what it added
            redis.call('HSET', status, 'read_base', settled - read)
        end
        redis.call('XGROUP', 'SETID', stream, group, delivered, 'ENTRIESREAD', read)
        ours = our_group()
    end
    redis.call('HSET', status, 'redis_run', history)
end

if delivered == info['last-generated-id'] and info['entries-added'] and ours['entries-read'] then
    local gap = math.max(0, info['entries-added'] - ours['entries-read'])
    found = math.max(0, gap - gap_counted)
    if found > 0 then redis.call('HINCRBY', status, 'lost_total', found) end
    if gap ~= gap_counted then redis.call('HSET', status, 'gap_counted', gap) end
    gap_counted = gap
end

local lag = -1
if ours['lag'] then lag = math.max(0, ours['lag'] - gap_counted) end

local oldest = summary[1] > 0 and summary[2] or nil
local unread = redis.call('XRANGE', stream, '(' .. delivered, '+', 'COUNT', 1)
if not oldest and unread[1] then oldest = unread[1][1] end
local oldest_ms = oldest and tonumber(string.match(oldest, '^%d+')) or -1

local first = info['first-entry'] and info['first-entry'][1] or ''
local perhaps_gone = 0
if not ours['entries-read'] and unread[1] and unread[1][1] == first and delivered ~= '0-0' then perhaps_gone = 1 end

local values = { 'pending_estimate', summary[1], 'lag', lag < 0 and 'unknown' or lag }
for i = 2, #ARGV do values[#values + 1] = ARGV[i] end
redis.call('HSET', status, unpack(values))

local totals = redis.call('HMGET', status, 'processed_total', 'lost_total')
return {
    summary[1], lag, string.format('%.0f', oldest_ms), tonumber(totals[1] or '0'), tonumber(totals[2] or '0'),
    delivered, first, perhaps_gone, found,
}
