-- Abandons active carts whose time has come, and drops what the indexes still say of carts that are gone.
local limit = ARGV[2]
local abandoned = 0
for _, id in ipairs(redis.call('ZRANGE', key('expiring'), '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)) do
    local cart = load(id)
    if not cart or cart.status ~= 'ACTIVE' then
        redis.call('ZREM', key('expiring'), id)
        redis.call('ZREM', key('abandoned'), id)
    else
        cart.status = 'ABANDONED'
        raise(cart)
        save(cart)
        count(cart.owner, 'abandonments')
        abandoned = abandoned + 1
    end
end
return {'DONE', tostring(abandoned)}
