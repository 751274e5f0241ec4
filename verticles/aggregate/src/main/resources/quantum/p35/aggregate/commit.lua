-- Counts one batch, exactly once: an entry is ACKed if and only if it is counted.
--
-- KEYS[1] stream, [2] status, [3] last_execute, then the keys that the plan names by index
-- ARGV[1] the plan, JSON (written by CommitPlan):
--   group, generation  the consumer group, and which making of it in which history of Redis delivered the batch: one
--            made anew delivers it again, and a replica that took over may
--   consumer under whose name the entries are pending
--   fresh    nobody else can have counted these entries: one that is not pending any more is lost
--   now      epoch seconds, becomes last_ts
--   lastId   highest entry id of the batch
--   hashes   {key, life in seconds, limit of fields (0: none), fields} each; fields are numbered through all hashes
--   tuples   {number of ids, field numbers ...} each: decisions that count in the same fields
--   plans    {key, life, plan ids ...} each
--   executes {symbol, epoch seconds} each
--   trimmed  number of ids whose entries are gone
-- ARGV[2..] the ids, tuple by tuple, then the trimmed ones
-- Answers {counted, known to be counted before, lost}. Refuses with FULL when new fields would take a hash over
-- its limit: the caller then decides what becomes of them.
--
-- A script that was given up on a frozen server runs when the server wakes, perhaps behind its own repetition, which has
-- counted the batch meanwhile. So a repetition leaves a mark, and a fresh batch at or before the mark is not fresh any more.
--
-- Everything is read and checked before anything is written, because Redis keeps what a failing script wrote.

if redis.replicate_commands then redis.replicate_commands() end -- Redis 6: writes may follow reads

local CHUNK = 1000 -- Lua unpacks at most about 8 000 values
local MAX_SYMBOLS = 4096

local stream, status, last_execute = KEYS[1], KEYS[2], KEYS[3]
local refusal -- Redis 7 turns an error table into text on its way through pcall, so it is kept here

local function refuse(why)
    refusal = { err = why }
    error(why)
end

local function call(command, key, ...)
    local reply = redis.pcall(command, key, ...)
    if type(reply) == 'table' and reply.err then
        -- Redis 6 puts the script's line before errors of its own state: "@user_script: 33: -OOM …"
        refuse(string.gsub(reply.err, '^@user_script: ?%d+: %-?', '') .. ' (key ' .. key .. ')')
    end
    return reply
end

local function number(key, field, raw)
    if not raw then return nil end
    local value = tonumber(raw)
    if not value or value ~= math.floor(value) then
        refuse('NOTANINTEGER field ' .. field .. ' holds ' .. string.sub(raw, 1, 40) .. ' (key ' .. key .. ')')
    end
    return value
end

-- What the fields hold now, appended to `stored` (0: nothing).
local function read(hash, stored)
    local key, limit, fields, new = KEYS[hash[1]], hash[3], hash[4], 0
    for first = 1, #fields, CHUNK do
        local last = math.min(first + CHUNK - 1, #fields)
        local raws = call('HMGET', key, unpack(fields, first, last))
        for i = 1, last - first + 1 do
            local value = number(key, fields[first + i - 1], raws[i])
            if not value then new = new + 1 end
            stored[#stored + 1] = value or 0
        end
    end
    if limit > 0 and new > 0 and call('HLEN', key) + new > limit then refuse('FULL ' .. key) end
end

-- Field and value pairs for HSET: EXECUTEs that are newer than what is known.
local function newer(executes)
    local pairs_to_set = {}
    if #executes == 0 then return pairs_to_set end
    local size = call('HLEN', last_execute)
    for _, execute in ipairs(executes) do
        local symbol, at = execute[1], execute[2]
        local known = number(last_execute, symbol, call('HGET', last_execute, symbol))
        if (known and at > known) or (not known and size < MAX_SYMBOLS) then
            pairs_to_set[#pairs_to_set + 1] = symbol
            pairs_to_set[#pairs_to_set + 1] = string.format('%.0f', at)
        end
    end
    return pairs_to_set
end

-- A greater id is longer or, of the same length, greater as text: exact beyond 2^53.
local function later(id, than)
    local ms, seq = string.match(id, '^(%d+)-(%d+)$')
    local than_ms, than_seq = string.match(than or '', '^(%d+)-(%d+)$')
    if not than_ms then return true end
    if #ms ~= #than_ms then return #ms > #than_ms end
    if ms ~= than_ms then return ms > than_ms end
    if #seq ~= #than_seq then return #seq > #than_seq end
    return seq > than_seq
end

local function ack(group, from, count)
    local acked = 0
    for first = from, from + count - 1, CHUNK do
        local last = math.min(first + CHUNK, from + count) - 1
        acked = acked + redis.call('XACK', stream, group, unpack(ARGV, first, last))
    end
    return acked
end

-- Adds the sums of this hash's fields, which begin behind number `before`; answers the number of its last field.
local function write(hash, before, stored, sums)
    local key, fields, values = KEYS[hash[1]], hash[4], {}
    for i = 1, #fields do
        local sum = sums[before + i]
        if sum and sum > 0 then
            values[#values + 1] = fields[i]
            values[#values + 1] = string.format('%.0f', stored[before + i] + sum)
        end
    end
    for first = 1, #values, CHUNK do
        redis.call('HSET', key, unpack(values, first, math.min(first + CHUNK - 1, #values)))
    end
    redis.call('EXPIRE', key, hash[2])
    return before + #fields
end

local function commit()
    local batch = cjson.decode(ARGV[1])
    local group = batch.group

    -- 1. read and check
    call('XPENDING', stream, group)
    local mark = 'repeated:' .. batch.consumer
    local known = call('HMGET', status, 'group_generation', 'last_id', 'processed_total', 'lost_total', mark)
    local history = string.match(call('INFO', 'replication'), 'master_replid:(%x+)')
    if (known[1] or '') .. '/' .. history ~= batch.generation then
        refuse('NOGROUP the consumer group ' .. group .. ' was made anew, or Redis is another one: a restart, a failover, or its first replica')
    end
    local processed = number(status, 'processed_total', known[3]) or 0
    local lost = number(status, 'lost_total', known[4]) or 0
    local stored = {}
    for _, hash in ipairs(batch.hashes) do read(hash, stored) end
    local executes = newer(batch.executes)

    -- 2. write: first what Redis refuses when it is out of memory, which XACK it does not
    call('HSET', status, 'last_ts', batch.now)
    for _, plans in ipairs(batch.plans) do
        local key = KEYS[plans[1]]
        call('PFADD', key, unpack(plans, 3)) -- adding again adds nothing, so it may come before the ACKs
        redis.call('EXPIRE', key, plans[2])
    end
    local counted, gone, next_id, sums = 0, 0, 2, {}
    for _, tuple in ipairs(batch.tuples) do
        local ids = tuple[1]
        local acked = ack(group, next_id, ids)
        next_id = next_id + ids
        counted, gone = counted + acked, gone + ids - acked
        for i = 2, #tuple do sums[tuple[i]] = (sums[tuple[i]] or 0) + acked end
    end
    local trimmed = ack(group, next_id, batch.trimmed)
    local before = 0
    for _, hash in ipairs(batch.hashes) do before = write(hash, before, stored, sums) end
    local fresh = batch.fresh and batch.lastId and later(batch.lastId, known[5])
    if not fresh and batch.lastId and later(batch.lastId, known[5]) then
        redis.call('HSET', status, mark, batch.lastId)
    end
    local lost_now = trimmed + (fresh and gone or 0)
    local last_id = batch.lastId and later(batch.lastId, known[2]) and batch.lastId or known[2] or ''
    redis.call('HSET', status, 'processed_total', string.format('%.0f', processed + counted),
        'lost_total', string.format('%.0f', lost + lost_now), 'last_id', last_id)
    if #executes > 0 then redis.call('HSET', last_execute, unpack(executes)) end
    return { counted, fresh and 0 or gone, lost_now }
end

local ok, answer = pcall(commit)
if ok then return answer end
return refusal or { err = 'ERR commit.lua: ' .. tostring(answer) }
