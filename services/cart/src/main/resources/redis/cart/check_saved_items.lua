-- Says of what each of the owners has saved for later which invariants it breaks, seen at one moment.
local breaches = {'DONE'}
for i = 2, #ARGV do
    local owner = ARGV[i]
    local saved = loadSaved(owner)
    local ends = redis.call('PTTL', key('saved', owner))
    if next(saved.items) then
        breaches[#breaches + 1] = owner .. ' looked-at'
        for _, item in pairs(saved.items) do
            if not item.quantity or item.quantity < 1 or item.quantity > MOST_UNITS or item.price < 0 then
                breaches[#breaches + 1] = owner .. ' saved-items-are-possible'
                break
            end
        end
        if exceededSaved(saved) then
            breaches[#breaches + 1] = owner .. ' saved-lists-are-limited'
        end
        if (ends >= 0) ~= (owner:match('^guest:') ~= nil) then
            breaches[#breaches + 1] = owner .. ' saved-lists-of-guests-end'
        end
    end
end
return breaches
