-- Deletes carts of an owner, the named ones, and, where the owner has no other one left, all else that is kept of the owner: what
-- is saved for later, answers, and what was counted on the days that are named behind. Says how much it was.
local owner, carts = ARGV[2], tonumber(ARGV[3])
local erased = 0
for i = 4, 3 + carts do
    local id = ARGV[i]
    if redis.call('HGET', cartKey(id), 'owner') == owner then
        erased = erased + redis.call('DEL', cartKey(id))
        redis.call('ZREM', key('expiring'), id)
        redis.call('ZREM', key('abandoned'), id)
        if redis.call('GET', key('active', owner)) == id then
            redis.call('DEL', key('active', owner))
        end
    end
end
local left = 0
for _, id in ipairs(redis.call('SMEMBERS', key('ids', owner))) do
    if redis.call('EXISTS', cartKey(id)) == 1 then
        left = left + 1
    else
        redis.call('SREM', key('ids', owner), id)
    end
end
if left == 0 then
    for _, request in ipairs(redis.call('ZRANGE', key('answers', owner), 0, -1)) do
        erased = erased + redis.call('DEL', key('answer', owner .. ':' .. request))
    end
    for i = 4 + carts, #ARGV do
        erased = erased + redis.call('DEL', key('metrics', owner .. ':' .. ARGV[i]))
    end
    erased = erased + redis.call('DEL', key('saved', owner))
    redis.call('DEL', key('answers', owner), key('ids', owner))
end
return {'DONE', tostring(erased)}
