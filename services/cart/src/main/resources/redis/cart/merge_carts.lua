-- Puts what is in the guest's active cart into the customer's, once; a repetition finds the cart that it went into. What the guest has
-- saved for later goes to the customer's list, unless it would be too much for that: then the guest keeps it.
local customer, guest, fresh, days = unpack(ARGV, 2, 5)
if locked(customer) or locked(guest) then
    return {'BUSY'}
end

local function mergedBefore()
    local last
    for _, id in ipairs(redis.call('SMEMBERS', key('ids', guest))) do
        local ended = load(id)
        local into = ended and ended.status ~= 'ACTIVE' and ended.continued and load(ended.continued)
        if into and into.owner == customer and (not last or tonumber(ended.updated) > tonumber(last.updated)) then
            last = ended
        end
    end
    return last and last.continued
end

local from = active(guest)
if not from then
    local into = mergedBefore()
    if into then
        mergeSaved(guest, customer)
    end
    return into and {'DONE', into} or {'NO_SUCH_CART'}
end
local into = active(customer) or create(fresh, customer, from.currency)
touch(into, days)
for product, item in pairs(from.items) do
    local present = into.items[product]
    put(into, product, math.min(item.quantity + (present and present.quantity or 0), MOST_UNITS), item.price, item.added)
end
into.coupon = into.coupon or from.coupon
local excess = exceeded(into)
if excess then
    return {excess}
end
mergeSaved(guest, customer)
-- The guest's items stay where they are as well: of what is ordered of them, the customer's cart is told later.
from.status, from.continued = 'MERGED', into.id
raise(from)
save(from)
save(into)
count(customer, 'merges')
return {'DONE', into.id}
