-- Notes that a cart became an order, once. What was not ordered of it goes on in the owner's active cart, made where there is none;
-- what was ordered of a cart that was merged meanwhile is taken out of the one that it went into. An order never waits for limits.
-- Of a cart that is still the version that was ordered all stays: what was not ordered of it is not for sale.
local id, order, fresh, version, began = unpack(ARGV, 2, 6)
local cart = load(id)
if not cart or cart.status == 'ORDERED' then
    return {'DONE'}
end
local into = cart.status == 'MERGED' and load(cart.continued) or nil
if locked(cart.owner) or into and locked(into.owner) then
    return {'BUSY'}
end
local ordered = {}
for i = 7, #ARGV, 2 do
    ordered[ARGV[i]] = (ordered[ARGV[i]] or 0) + tonumber(ARGV[i + 1])
end

-- A version may come twice where Redis has lost what was last written: what was ordered has to be there as well, and nothing that was put
-- there since the checkout began.
local function asOrdered()
    if cart.version ~= tonumber(version) or began == '' then
        return false
    end
    for product, quantity in pairs(ordered) do
        local item = cart.items[product]
        if not item or item.quantity ~= quantity then
            return false
        end
    end
    for product, item in pairs(cart.items) do
        if not ordered[product] and tonumber(item.added) >= (tonumber(began) + 1) * 1000 then
            return false
        end
    end
    return true
end

local function takeOut()
    if not into or into.status ~= 'ACTIVE' then
        return
    end
    raise(into)
    for product, quantity in pairs(ordered) do
        local merged, present = cart.items[product], into.items[product]
        if merged and present then
            local left = present.quantity - math.min(quantity, merged.quantity)
            if left > 0 then
                put(into, product, left, present.price)
            else
                take(into, product)
            end
        end
    end
end

local function successor()
    local other = active(cart.owner)
    if not other or other.id == cart.id then
        other = create(fresh, cart.owner, cart.currency)
    end
    raise(other)
    other.expires = math.max(other.expires, cart.expires, now + DAY)
    return other
end

local function moveRest()
    for product, item in pairs(cart.items) do
        local rest = item.quantity - (ordered[product] or 0)
        if rest > 0 then
            into = into or successor()
            local present = into.items[product]
            put(into, product, math.min(rest + (present and present.quantity or 0), MOST_UNITS), item.price, item.added)
        end
    end
    if not into then
        return
    end
    cart.continued = into.id
    for product in pairs(into.changed) do
        local item = cart.items[product]
        if ordered[product] then
            put(cart, product, math.min(item.quantity, ordered[product]), item.price)
        else
            take(cart, product)
        end
    end
end

if cart.status == 'MERGED' then
    takeOut()
elseif not asOrdered() then
    moveRest()
end
cart.status, cart.order = 'ORDERED', order
raise(cart)
save(cart)
if into and into.status == 'ACTIVE' then
    save(into)
end
count(cart.owner, 'orders')
return {'DONE'}
