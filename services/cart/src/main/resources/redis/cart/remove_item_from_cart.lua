-- Takes a product out of a cart, if the cart has the version that the caller saw; one that is not in it is out already.
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
touch(cart, days)
take(cart, product)
save(cart)
count(owner, 'removals')
return {'DONE', id}
