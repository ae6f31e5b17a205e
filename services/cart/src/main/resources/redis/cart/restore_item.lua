-- Moves what is saved of a product back into a cart. Repeated, it finds it there, and not saved any more.
local owner, id, version, days, product, price = unpack(ARGV, 2, 7)
if locked(owner) then
    return {'BUSY'}
end
local cart = own(id, owner)
if not cart then
    return {'NO_SUCH_CART'}
end
if version ~= '' and tonumber(version) ~= cart.version then
    return {'STALE'}
end
local saved, present = loadSaved(owner), cart.items[product]
local item = saved.items[product]
if not item and not present then
    return {'NOT_SAVED'}
end
if item then
    put(cart, product, item.quantity + (present and present.quantity or 0), tonumber(price))
    local excess = exceeded(cart)
    if excess then
        return {excess}
    end
    take(saved, product)
    saveSaved(saved)
end
touch(cart, days)
save(cart)
count(owner, 'changes')
return {'DONE', id}
