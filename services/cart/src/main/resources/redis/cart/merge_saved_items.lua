-- Moves all that a guest has saved for later to a customer's list.
local customer, guest = unpack(ARGV, 2, 3)
if locked(customer) or locked(guest) then
    return {'BUSY'}
end
return {mergeSaved(guest, customer) or 'DONE'}
