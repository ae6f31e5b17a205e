-- What all scripts of carts stand on; it is put before each. KEYS[1] is cart:{tenant}: all keys of a shop carry the same hash tag,
-- so that they lie in one slot, and a script may change several of its carts at once. ARGV[1] is today's date.
-- A script first changes carts in its own memory, looks whether they may be so, and only then saves them: Redis undoes nothing.
local MOST_UNITS, MOST_LINES, MOST_WORTH = 999999, 500, 9999999999
local SECOND, DAY = 1000, 86400000
local KEPT = 7 * DAY
local MOST_SAVED, SAVED_KEPT = 200, 90 * DAY
local METRICS_KEPT, ANSWERS_KEPT = 90 * 86400, 30 * 86400

local tag = KEYS[1]:match('{.+}')
local time = redis.call('TIME')
local now = tonumber(time[1]) * SECOND + math.floor(tonumber(time[2]) / 1000)
local additions = 0

local function key(kind, name)
    return 'cart:' .. kind .. ':' .. tag .. (name and ':' .. name or '')
end

local function cartKey(id)
    return 'cart:' .. tag .. ':' .. id
end

-- Whoever is being forgotten gets no cart meanwhile.
local function locked(owner)
    return redis.call('EXISTS', key('lock', owner)) == 1
end

local function load(id)
    local flat = redis.call('HGETALL', cartKey(id))
    if #flat == 0 then
        return nil
    end
    local cart = {id = id, items = {}, changed = {}}
    for i = 1, #flat, 2 do
        local product = flat[i]:match('^i:(.+)$')
        if product then
            local quantity, price, added = flat[i + 1]:match('^(%-?%d+):(%-?%d+):(%d+)$')
            cart.items[product] = {quantity = tonumber(quantity), price = tonumber(price), added = added}
        else
            cart[flat[i]] = flat[i + 1]
        end
    end
    cart.version = tonumber(cart.version)
    cart.expires = tonumber(cart.expires)
    return cart
end

local function active(owner)
    local id = redis.call('GET', key('active', owner))
    local cart = id and load(id)
    return cart and cart.status == 'ACTIVE' and cart or nil
end

local function own(id, owner)
    local cart = load(id)
    return cart and cart.status == 'ACTIVE' and cart.owner == owner and cart or nil
end

local function create(id, owner, currency)
    return {id = id, owner = owner, status = 'ACTIVE', currency = currency, version = 0, expires = 0, created = now,
        items = {}, changed = {}, fresh = true}
end

local function raise(cart)
    cart.version = cart.version + 1
    cart.updated = now
end

local function touch(cart, days)
    raise(cart)
    cart.expires = now + tonumber(days) * DAY
end

-- Microseconds, of which each addition of a script has its own.
local function moment()
    additions = additions + 1
    return string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]) + additions)
end

local function put(cart, product, quantity, price, added)
    local before = cart.items[product]
    cart.items[product] = {quantity = quantity, price = price, added = before and before.added or added or moment()}
    cart.changed[product] = true
end

local function take(cart, product)
    cart.items[product] = nil
    cart.changed[product] = true
end

local function exceeded(cart)
    local lines, worth = 0, 0
    for _, item in pairs(cart.items) do
        if item.quantity < 1 or item.quantity > MOST_UNITS or item.price < 0 then
            return 'QUANTITY_TOO_GREAT'
        end
        lines = lines + 1
        worth = worth + item.quantity * item.price
    end
    if lines > MOST_LINES then
        return 'TOO_MANY_LINES'
    end
    return worth > MOST_WORTH and 'WORTH_TOO_MUCH' or nil
end

local function keepUntil(name, moment)
    redis.call('PEXPIREAT', name, moment, 'NX')
    redis.call('PEXPIREAT', name, moment, 'GT')
end

local function remember(cart)
    local ids = key('ids', cart.owner)
    if cart.fresh then
        for _, id in ipairs(redis.call('SMEMBERS', ids)) do
            if redis.call('EXISTS', cartKey(id)) == 0 then
                redis.call('SREM', ids, id)
            end
        end
    end
    redis.call('SADD', ids, cart.id)
    keepUntil(ids, cart.expires + KEPT)
end

local function index(cart)
    local pointer = key('active', cart.owner)
    if cart.status == 'ACTIVE' then
        redis.call('SET', pointer, cart.id, 'PXAT', cart.expires + KEPT)
        redis.call('ZADD', key('expiring'), cart.expires, cart.id)
        return
    end
    if redis.call('GET', pointer) == cart.id then
        redis.call('DEL', pointer)
    end
    if cart.status == 'ABANDONED' then
        redis.call('ZADD', key('abandoned'), 0, cart.id)
        redis.call('ZADD', key('expiring'), cart.expires + KEPT, cart.id)
    else
        redis.call('ZREM', key('abandoned'), cart.id)
        redis.call('ZREM', key('expiring'), cart.id)
    end
end

local function save(cart)
    local name = cartKey(cart.id)
    for product in pairs(cart.changed) do
        local item = cart.items[product]
        if item then
            redis.call('HSET', name, 'i:' .. product,
                string.format('%.0f:%.0f:%s', item.quantity, item.price, item.added))
        else
            redis.call('HDEL', name, 'i:' .. product)
        end
    end
    for _, field in ipairs({'owner', 'status', 'currency', 'version', 'expires', 'created', 'updated', 'order', 'continued',
            'coupon'}) do
        if cart[field] then
            redis.call('HSET', name, field, cart[field])
        end
    end
    if not cart.coupon then
        redis.call('HDEL', name, 'coupon')
    end
    redis.call('PEXPIREAT', name, cart.expires + KEPT)
    remember(cart)
    index(cart)
end

-- Whose answers are kept, so that they are found when the owner is forgotten.
local function noteAnswer(owner, request)
    local answers = key('answers', owner)
    redis.call('ZREMRANGEBYSCORE', answers, '-inf', now - ANSWERS_KEPT * SECOND)
    redis.call('ZADD', answers, now, request)
    redis.call('EXPIRE', answers, ANSWERS_KEPT)
end

local function count(owner, what)
    local metrics = key('metrics', owner .. ':' .. ARGV[1])
    redis.call('HINCRBY', metrics, what, 1)
    redis.call('EXPIRE', metrics, METRICS_KEPT)
end

-- What an owner has saved for later: a hash with a field for each product. A guest's ends by itself, a customer's does not.
local function loadSaved(owner)
    local flat = redis.call('HGETALL', key('saved', owner))
    local saved = {owner = owner, items = {}, changed = {}}
    for i = 1, #flat, 2 do
        local quantity, price, added, currency = flat[i + 1]:match('^(%-?%d+):(%-?%d+):(%d+):(%u+)$')
        saved.items[flat[i]] = {quantity = tonumber(quantity), price = tonumber(price), added = added, currency = currency}
    end
    return saved
end

local function putSaved(saved, product, item, currency, added)
    local before = saved.items[product]
    saved.items[product] = {quantity = math.min(item.quantity + (before and before.quantity or 0), MOST_UNITS),
        price = item.price, currency = currency, added = before and before.added or added or moment()}
    saved.changed[product] = true
end

local function exceededSaved(saved)
    local lines = 0
    for _ in pairs(saved.items) do
        lines = lines + 1
    end
    return lines > MOST_SAVED and 'TOO_MANY_SAVED' or nil
end

local function saveSaved(saved)
    local name = key('saved', saved.owner)
    for product in pairs(saved.changed) do
        local item = saved.items[product]
        if item then
            redis.call('HSET', name, product,
                string.format('%.0f:%.0f:%s:%s', item.quantity, item.price, item.added, item.currency))
        else
            redis.call('HDEL', name, product)
        end
    end
    if saved.owner:match('^guest:') then
        redis.call('PEXPIRE', name, SAVED_KEPT)
    end
end

-- Moves all that the guest has saved to the customer's list, unless that would have too many lines: then it says so.
local function mergeSaved(guest, customer)
    local from, into = loadSaved(guest), loadSaved(customer)
    for product, item in pairs(from.items) do
        putSaved(into, product, item, item.currency, item.added)
        take(from, product)
    end
    local excess = exceededSaved(into)
    if not excess then
        saveSaved(from)
        saveSaved(into)
    end
    return excess
end
