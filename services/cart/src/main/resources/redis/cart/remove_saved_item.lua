-- Takes a product off what its owner has saved for later; one that is not saved is off already.
local owner, product = unpack(ARGV, 2, 3)
if locked(owner) then
    return {'BUSY'}
end
local saved = loadSaved(owner)
if saved.items[product] then
    take(saved, product)
    saveSaved(saved)
end
return {'DONE'}
