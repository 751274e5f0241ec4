-- What several scripts ask of the stream: it stands before each of them. KEYS[1] is the stream.

local function entries_after(id)
    local count, from = 0, id
    while true do
        local page = redis.call('XRANGE', KEYS[1], '(' .. from, '+', 'COUNT', 1000)
        count = count + #page
        if #page < 1000 then return count end
        from = page[#page][1]
    end
end

-- A greater id is longer or, of the same length, greater as text: exact beyond 2^53.
local function at_or_before(id, other)
    local ms, seq = string.match(id, '^(%d+)-(%d+)$')
    local other_ms, other_seq = string.match(other, '^(%d+)-(%d+)$')
    if #ms ~= #other_ms then return #ms < #other_ms end
    if ms ~= other_ms then return ms < other_ms end
    if #seq ~= #other_seq then return #seq < #other_seq end
    return seq <= other_seq
end
