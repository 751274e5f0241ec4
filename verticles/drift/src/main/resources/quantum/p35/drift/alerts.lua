-- Changes alerts and silences and tells the alert stream, all of it or nothing.
--
-- KEYS[1] hash of alerts, [2] hash of silences, [3] alert stream
-- ARGV    number of alerts, then for each: field, text that was seen there (blank: none), new text (blank: delete)
--         number of silences, then for each: field, new text (blank: delete)
--         then entry by entry: number of its fields and values, and these
-- Answers 1, or 0 when an alert is not what was seen: then nothing is written.
--
-- Everything is checked before anything is written, because Redis keeps what a failing script wrote. What needs memory
-- comes first: all of it is refused, or nothing.

if redis.replicate_commands then redis.replicate_commands() end -- Redis 6: writes may follow reads

local alerts, silences, stream = KEYS[1], KEYS[2], KEYS[3]

for key, wanted in pairs({ [alerts] = 'hash', [silences] = 'hash', [stream] = 'stream' }) do
    local type = redis.call('TYPE', key).ok
    if type ~= wanted and type ~= 'none' then
        return redis.error_reply('WRONGTYPE ' .. key .. ' is a ' .. type .. ' and must be a ' .. wanted
            .. ': rename or delete it (redis-cli RENAME ' .. key .. ' ' .. key .. ':aside)')
    end
end

local at = 0
local function argument()
    at = at + 1
    return ARGV[at]
end

local sets, deletions = {}, {}
local function note(key, field, text)
    local list = text == '' and deletions or sets
    list[#list + 1] = { key, field, text }
end

for _ = 1, tonumber(argument()) do
    local field, seen, text = argument(), argument(), argument()
    if (redis.call('HGET', alerts, field) or '') ~= seen then return 0 end
    note(alerts, field, text)
end
for _ = 1, tonumber(argument()) do
    local field, text = argument(), argument()
    note(silences, field, text)
end

while at < #ARGV do
    local entry = {}
    for i = 1, tonumber(argument()) do entry[i] = argument() end
    redis.call('XADD', stream, 'MAXLEN', '~', 1000, '*', unpack(entry))
end
for _, set in ipairs(sets) do redis.call('HSET', set[1], set[2], set[3]) end
for _, deletion in ipairs(deletions) do redis.call('HDEL', deletion[1], deletion[2]) end
return 1
