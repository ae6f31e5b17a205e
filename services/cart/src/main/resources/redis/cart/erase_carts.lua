-- Deletes carts of an owner, the named ones, and says how many there were and how many the owner has left.
local owner = ARGV[2]
local erased = 0
for i = 3, #ARGV do
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
return {'DONE', tostring(erased), tostring(left)}
