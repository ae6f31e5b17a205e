-- Puts products into a cart, or, where none is named, into the owner's active one, which is made where there is none.
-- A request with a key takes effect once: its answer is kept with the effect.
local owner, wanted, fresh, currency, days, request, body = unpack(ARGV, 2, 8)
if locked(owner) then
    return {'BUSY'}
end
local answer = request ~= '' and key('answer', owner .. ':' .. request)
local told = answer and redis.call('HMGET', answer, 'body', 'cart')
if told and told[1] then
    return {told[1] == body and 'DONE' or 'KEY_REUSED', told[2]}
end
local cart
if wanted == '' then
    cart = active(owner) or create(fresh, owner, currency)
else
    cart = own(wanted, owner)
end
if not cart then
    return {'NO_SUCH_CART'}
end
if wanted == '' and cart.currency ~= currency then
    if next(cart.items) then
        return {'OTHER_CURRENCY', cart.id}
    end
    cart.currency = currency
end
touch(cart, days)
for i = 9, #ARGV, 3 do
    local present = cart.items[ARGV[i]]
    local quantity = tonumber(ARGV[i + 1]) + (present and present.quantity or 0)
    put(cart, ARGV[i], quantity, tonumber(ARGV[i + 2]))
end
local excess = exceeded(cart)
if excess then
    return {excess}
end
save(cart)
if answer then
    redis.call('HSET', answer, 'body', body, 'cart', cart.id)
    redis.call('EXPIRE', answer, ANSWERS_KEPT)
    noteAnswer(owner, request)
end
count(owner, 'additions')
return {'DONE', cart.id, redis.call('HGETALL', cartKey(cart.id))}
