-- Has a cart use the coupon with this code, or none.
local owner, id, days, code = unpack(ARGV, 2, 5)
if locked(owner) then
    return {'BUSY'}
end
local cart = own(id, owner)
if not cart then
    return {'NO_SUCH_CART'}
end
touch(cart, days)
cart.coupon = code ~= '' and code or nil
save(cart)
count(owner, 'changes')
return {'DONE', id}
