-- Moves a line of a cart to what its owner has saved for later. Repeated, it finds it there, and not in the cart any more.
local owner, id, version, days, product = unpack(ARGV, 2, 6)
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
local saved, item = loadSaved(owner), cart.items[product]
if not item and not saved.items[product] then
    return {'NOT_IN_CART'}
end
if item then
    putSaved(saved, product, item, cart.currency)
    local excess = exceededSaved(saved)
    if excess then
        return {excess}
    end
    take(cart, product)
    saveSaved(saved)
end
touch(cart, days)
save(cart)
count(owner, 'changes')
return {'DONE', id}
