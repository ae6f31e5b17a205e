-- Says of each of the carts which invariants it breaks, seen at one moment.
local breaches = {'DONE'}
for i = 2, #ARGV do
    local id = ARGV[i]
    local cart = load(id)
    if cart then
        breaches[#breaches + 1] = id .. ' looked-at'
        if cart.status == 'ACTIVE' and redis.call('GET', key('active', cart.owner)) ~= id then
            breaches[#breaches + 1] = id .. ' one-active-cart-an-owner'
        end
        for _, item in pairs(cart.items) do
            if not item.quantity or item.quantity < 1 or item.quantity > MOST_UNITS or item.price < 0 then
                breaches[#breaches + 1] = id .. ' cart-items-are-possible'
                break
            end
        end
        if (cart.status == 'ORDERED') ~= (cart.order ~= nil) then
            breaches[#breaches + 1] = id .. ' ordered-carts-have-orders'
        end
        if cart.status == 'MERGED' and not cart.continued
                or cart.status ~= 'MERGED' and cart.status ~= 'ORDERED' and cart.continued then
            breaches[#breaches + 1] = id .. ' ended-carts-are-continued'
        end
    end
end
return breaches
