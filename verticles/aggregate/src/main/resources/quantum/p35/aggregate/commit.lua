-- Counts one batch, exactly once: an entry is ACKed if and only if it is counted.
--
-- KEYS[1] stream, [2] status, [3] last_execute, then the keys that the plan names by index
-- ARGV[1] the plan, JSON (written by CommitBatch):
--   group    consumer group
--   generation  of the group that delivered the batch; a group made anew delivers it again
--   now      epoch seconds, becomes last_ts
--   lastId   highest entry id of the batch
--   minutes  [bucket key, hour key, unknown key] each
--   tuples   [minute, outcome, gate, catalogued, symbol or "", number of ids, extra fields, unknown texts] each
--   plans    [key, plan id, plan id ...] each
--   executes [symbol, epoch seconds] each
--   trimmed  number of ids whose entries are gone
-- ARGV[2..] the ids, tuple by tuple, then the trimmed ones
-- Answers {counted, not pending any more, trimmed and now ACKed, decisions whose gate or symbol met a bound}.
--
-- Everything is read and checked before anything is written, because Redis keeps what a failing script wrote.
-- The first write is one that Redis refuses when it is out of memory; XACK alone it would not refuse.

if redis.replicate_commands then redis.replicate_commands() end -- Redis 6: writes may follow reads

local BUCKET_LIFE, HOUR_LIFE, PLANS_LIFE, UNKNOWN_LIFE = 172800, 3024000, 7200, 3600
local GATE_BOUND, SYMBOL_BOUND, UNKNOWN_BOUND = 2048, 4096, 200
local OUTCOMES = { 'EXECUTE', 'SKIP', 'BLOCKED', 'ERROR', 'UNKNOWN' }
local CHUNK = 1000 -- Lua unpacks at most about 8 000 values

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

-- What stands in the hashes, read once (false: nothing); a field that this batch will add counts as there.
local stored, size, planned = {}, {}, {}

local function read(key, field)
    local fields = stored[key]
    if not fields then
        fields = {}
        stored[key], planned[key], size[key] = fields, {}, call('HLEN', key)
    end
    local value = fields[field]
    if value == nil then
        local raw = call('HGET', key, field)
        value = raw and tonumber(raw)
        if raw and not (value and value == math.floor(value)) then
            refuse('NOTANINTEGER field ' .. field .. ' holds ' .. string.sub(raw, 1, 40) .. ' (key ' .. key .. ')')
        end
        value = value or false
        fields[field] = value
    end
    return value
end

local function there(key, field)
    return read(key, field) or planned[key][field]
end

local function plan(key, field)
    if not there(key, field) then size[key] = size[key] + 1 end
    if not planned[key][field] then planned[key][field] = 0 end
end

local function bounded_gate(key, gate, catalogued)
    if catalogued == 1 or there(key, 'reason:' .. gate) or size[key] < GATE_BOUND then return gate end
    return 'unlisted'
end

local function bounded_symbol(key, symbol)
    if size[key] < SYMBOL_BOUND then return symbol end
    for _, outcome in ipairs(OUTCOMES) do
        if there(key, 'symbol_decision:' .. symbol .. ':' .. outcome) then return symbol end
    end
    return 'other'
end

-- A greater id is longer or, of the same length, greater as text: exact beyond 2^53.
local function later(id, than)
    local ms, seq = string.match(id, '^(%d+)-(%d+)$')
    local than_ms, than_seq = string.match(than, '^(%d+)-(%d+)$')
    if not than_ms then return true end
    if #ms ~= #than_ms then return #ms > #than_ms end
    if ms ~= than_ms then return ms > than_ms end
    if #seq ~= #than_seq then return #seq > #than_seq end
    return seq > than_seq
end

local bounded = 0

local function targets(batch, tuple)
    local minute = batch.minutes[tuple[1]]
    local bucket, hour, unknown = KEYS[minute[1]], KEYS[minute[2]], KEYS[minute[3]]
    local outcome, symbol, fields = tuple[2], tuple[5], {}
    local function target(key, field)
        plan(key, field)
        fields[#fields + 1] = key
        fields[#fields + 1] = field
    end
    read(bucket, 'decision:' .. outcome)
    read(hour, 'decision:' .. outcome)
    local gate = bounded_gate(bucket, tuple[3], tuple[4])
    if gate ~= tuple[3] then bounded = bounded + tuple[6] end
    if symbol ~= '' then
        symbol = bounded_symbol(bucket, symbol)
        if symbol ~= tuple[5] then bounded = bounded + tuple[6] end
        target(bucket, 'symbol_decision:' .. symbol .. ':' .. outcome)
        if gate ~= 'none' then target(bucket, 'symbol_reason:' .. symbol .. ':' .. gate) end
    end
    target(bucket, 'decision:' .. outcome)
    target(bucket, 'reason:' .. gate)
    target(hour, 'decision:' .. outcome)
    target(hour, 'reason:' .. bounded_gate(hour, gate, tuple[4]))
    for _, extra in ipairs(tuple[7]) do target(bucket, extra) end
    for _, text in ipairs(tuple[8]) do
        if there(unknown, text) or size[unknown] < UNKNOWN_BOUND then target(unknown, text) end
    end
    return fields
end

local function ack(group, from, count)
    local acked = 0
    for first = from, from + count - 1, CHUNK do
        local last = math.min(first + CHUNK, from + count) - 1
        acked = acked + redis.call('XACK', KEYS[1], group, unpack(ARGV, first, last))
    end
    return acked
end

local function write_sums(key, fields)
    local values = {}
    for field, sum in pairs(fields) do
        if sum > 0 then
            values[#values + 1] = field
            values[#values + 1] = string.format('%.0f', (stored[key][field] or 0) + sum)
        end
    end
    for first = 1, #values, CHUNK do
        redis.call('HSET', key, unpack(values, first, math.min(first + CHUNK - 1, #values)))
    end
end

local function commit()
    local batch = cjson.decode(ARGV[1])
    local status = KEYS[2]

    -- 1. read and check
    call('XPENDING', KEYS[1], batch.group)
    if call('HGET', status, 'group_generation') ~= batch.generation then
        refuse('NOGROUP the consumer group ' .. batch.group .. ' was made anew')
    end
    local fields = {}
    for index, tuple in ipairs(batch.tuples) do fields[index] = targets(batch, tuple) end
    local processed = read(status, 'processed_total') or 0
    local lost = read(status, 'lost_total') or 0
    local last_id = call('HGET', status, 'last_id') or ''
    local executes = {}
    for _, execute in ipairs(batch.executes) do
        local symbol = execute[1]
        local at = read(KEYS[3], symbol)
        if not at and size[KEYS[3]] >= SYMBOL_BOUND then
            symbol = 'other'
            at = read(KEYS[3], symbol)
        end
        if not at or execute[2] > at then
            executes[#executes + 1] = symbol
            executes[#executes + 1] = string.format('%.0f', execute[2])
        end
    end

    -- 2. write
    call('HSET', status, 'last_ts', batch.now) -- first: refused when out of memory, and then nothing is ACKed
    for _, plans in ipairs(batch.plans) do
        local key = KEYS[plans[1]]
        call('PFADD', key, unpack(plans, 2)) -- adding again adds nothing, so it may come before the ACKs
        redis.call('EXPIRE', key, PLANS_LIFE)
    end
    local counted, gone, next_id = 0, 0, 2
    for index, tuple in ipairs(batch.tuples) do
        local ids = tuple[6]
        local acked = ack(batch.group, next_id, ids)
        next_id = next_id + ids
        counted, gone = counted + acked, gone + ids - acked
        local target = fields[index]
        for i = 1, #target, 2 do
            local sums = planned[target[i]]
            sums[target[i + 1]] = sums[target[i + 1]] + acked
        end
    end
    local trimmed = ack(batch.group, next_id, batch.trimmed)
    for key, sums in pairs(planned) do write_sums(key, sums) end
    for _, minute in ipairs(batch.minutes) do
        redis.call('EXPIRE', KEYS[minute[1]], BUCKET_LIFE)
        redis.call('EXPIRE', KEYS[minute[2]], HOUR_LIFE)
        redis.call('EXPIRE', KEYS[minute[3]], UNKNOWN_LIFE)
    end
    redis.call('HSET', status, 'processed_total', string.format('%.0f', processed + counted),
        'lost_total', string.format('%.0f', lost + trimmed))
    if batch.lastId and later(batch.lastId, last_id) then redis.call('HSET', status, 'last_id', batch.lastId) end
    if #executes > 0 then redis.call('HSET', KEYS[3], unpack(executes)) end
    return { counted, gone, trimmed, bounded }
end

local ok, answer = pcall(commit)
if ok then return answer end
return refusal or { err = 'ERR commit.lua: ' .. tostring(answer) }
