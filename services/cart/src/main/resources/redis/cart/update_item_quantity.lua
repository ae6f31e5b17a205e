-- Sets the quantity of a product, which is put into the cart where it is not there, if the cart has the version that the caller saw.
local owner, id, version, days, product, quantity, price = unpack(ARGV, 2, 8)
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
touch(cart, days)
put(cart, product, tonumber(quantity), tonumber(price))
local excess = exceeded(cart)
if excess then
    return {excess}
end
save(cart)
count(owner, 'changes')
return {'DONE', id}
