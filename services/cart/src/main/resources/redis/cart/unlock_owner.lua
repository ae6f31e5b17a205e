-- Ends the lock of an owner, if it is still the caller's.
local owner, holder = ARGV[2], ARGV[3]
if redis.call('GET', key('lock', owner)) == holder then
    redis.call('DEL', key('lock', owner))
end
return {'DONE'}
