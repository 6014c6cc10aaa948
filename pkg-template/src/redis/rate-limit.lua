-- Shares what is known of one key's rate limits: the rules of src/rate_limit, in Redis. One call is one step for everybody.
--
-- KEYS: what is known, the permits of requests in flight (by when they are forgotten), the clients (by when they were last seen).
-- ARGV: "admit", client, lease, random number from 0 to 1
--       "finish", permit, Retry-After, then limit, remaining, Reset and delay until it of the minute, and of the hour
--       "cancel", permit
-- Times are milliseconds of this server's clock. What is unknown is an empty argument.

local MINUTE, HOUR = 60000, 3600000
local UNKNOWN = math.huge

-- Nothing is remembered for longer than both windows may matter.
local TTL = 2 * HOUR

-- A client that was not seen for so long has ended.
local CLIENT_TTL = MINUTE

-- The delay until a client asks again while it waits for a request in flight: half of the time since the last one was sent.
local SHORTEST_POLL, LONGEST_POLL = 20, 1000

-- How far a clock may go back without a failover to another server.
local TOLERANCE = 5000

-- How much two resets of one window may differ in the server's own words: they are whole seconds.
local WHOLE_SECONDS = 1500

-- How much two responses may differ in what the clock is ahead of the API's, where that has not been corrected.
local STEADY = 10000

local time = redis.call("TIME")
local exact = time[1] * 1000 + time[2] / 1000

-- Whole milliseconds: what has passed by now is rounded down, what begins now is rounded up.
local now, from_now = math.floor(exact), math.ceil(exact)

local function load()
  local known = cjson.decode(redis.call("GET", KEYS[1]) or "{}")
  if not known.epoch then
    -- Permits of what has been forgotten are not taken for later ones.
    known = { epoch = time[1] .. "-" .. time[2], sent = 0 }
  elseif now < known.at - TOLERANCE then
    -- Another clock: its times say nothing.
    known = { epoch = known.epoch, sent = known.sent }
  end
  known.at = now
  known.ended = known.ended or 0
  known.not_before = known.not_before or 0
  for name, length in pairs({ minute = MINUTE, hour = HOUR }) do
    local window = known[name] or {}
    window.length = length
    for _, field in ipairs({ "limit", "remaining", "reset_at", "reported_reset_at" }) do
      window[field] = window[field] or UNKNOWN
    end
    for _, field in ipairs({ "renewed_up_to", "reported_up_to", "unreported", "unreported_at", "unreported_up_to" }) do
      window[field] = window[field] or 0
    end
    known[name] = window
  end
  return known
end

local function save(known)
  for _, window in ipairs({ known.minute, known.hour }) do
    window.length = nil
    for field, value in pairs(window) do
      if value == UNKNOWN then
        window[field] = nil
      end
    end
  end
  redis.call("SET", KEYS[1], cjson.encode(known), "PX", TTL)
end

-- After its end, a window starts again with all that it allows, until a response reports the next one.
local function renew(window, sent)
  if window.reset_at <= now then
    window.renewed_up_to = sent
    window.remaining = math.max(window.limit, 1)
    window.unreported = 0
    window.reset_at = now + window.length
  end
end

-- Whether the window that was reported last has ended, and this stands for the next one.
local function is_next(window)
  return window.reset_at ~= window.reported_reset_at
end

-- Until when nothing may be sent, behind so many requests in flight; nothing where one may.
local function wait(window, in_flight)
  if window.remaining - window.unreported - in_flight >= 1 then
    return nil
  end
  if window.remaining >= 1 and in_flight == 0 then
    local trial = window.unreported_at + MINUTE
    return trial > now and math.min(window.reset_at, trial) or nil
  end
  return window.reset_at
end

-- A request has ended, with this report of the window or with none.
local function learn(window, request, report, sent)
  if not report then
    window.unreported = window.unreported + 1
    window.unreported_at = now
    window.unreported_up_to = sent
    window.reset_at = math.min(window.reset_at, now + window.length)
    return
  end
  if request > window.unreported_up_to then
    window.unreported = 0
  end
  local reset_at = from_now + report.reset_in
  local later_by = reset_at - window.reported_reset_at
  local is_same = report.reset == window.reported_reset
  -- Its response was still on its way when that window ended.
  if is_same and is_next(window) and request <= window.renewed_up_to then
    return
  end
  -- The server's words tell shorter windows apart, unless its clock was corrected in between.
  local ahead = reset_at - report.reset * 1000
  local is_steady = math.abs(ahead - (window.reported_ahead or UNKNOWN)) <= STEADY
  local words_later_by = is_steady and (report.reset - window.reported_reset) * 1000 or 0
  local half = window.length / 2
  local is_later = not is_same and (later_by > half or words_later_by > WHOLE_SECONDS)
  local is_earlier = not is_same and (later_by < -half or words_later_by < -WHOLE_SECONDS)
  if request > window.reported_up_to or is_later or window.limit == UNKNOWN then
    local is_earliest = is_same and not is_next(window)
    window.limit = report.limit
    window.remaining = report.remaining
    window.reset_at = is_earliest and math.min(reset_at, window.reset_at) or reset_at
    window.reported_reset_at = window.reset_at
    window.reported_reset = report.reset
    window.reported_ahead = ahead
    window.reported_up_to = sent
  elseif not is_earlier and not is_next(window) and report.remaining < window.remaining then
    window.remaining = report.remaining
    window.reported_up_to = sent
  end
end

-- A request has ended, with this report or with an empty one.
local function finish(known, request, report)
  renew(known.minute, known.sent)
  renew(known.hour, known.sent)
  learn(known.minute, request, report.minute, known.sent)
  learn(known.hour, request, report.hour, known.sent)
  if report.retry_after then
    known.not_before = math.max(known.not_before, from_now + math.min(report.retry_after, HOUR))
  end
  if not report.minute and not report.hour then
    known.ended = known.ended + 1
  end
end

-- Of several waits, the longest; of those that end together, the one that is named first.
local function longest(known, in_flight)
  local waits = {
    { "minute", wait(known.minute, in_flight) },
    { "hour", wait(known.hour, in_flight) },
    { "retry-after", known.not_before > now and known.not_before or nil },
  }
  local found = {}
  for _, candidate in ipairs(waits) do
    if candidate[2] and (not found[2] or candidate[2] > found[2]) then
      found = candidate
    end
  end
  return found[1], found[2]
end

-- Why the next request must wait, and for how long; nothing where it may be sent.
local function refusal(known, in_flight)
  local window, ends = longest(known, 0)
  if window then
    return window, ends - now
  end
  window, ends = longest(known, in_flight)
  if not window then
    -- One request goes first. As long as none reports anything, each that ends lets one more through.
    local is_unknown = known.minute.limit == UNKNOWN and known.hour.limit == UNKNOWN
    if not is_unknown or in_flight <= known.ended then
      return nil
    end
    window, ends = "minute", UNKNOWN
  end
  -- What is in flight may end at any time.
  local poll = math.min(math.max((now - (known.sent_at or now)) / 2, SHORTEST_POLL), LONGEST_POLL)
  local lapses = redis.call("ZRANGE", KEYS[2], 0, 0, "WITHSCORES")[2]
  return window, math.min(ends - now, poll, math.max(tonumber(lapses or now) - now, 1))
end

local function admit(known, client, lease, random)
  redis.call("ZADD", KEYS[3], now, client)
  redis.call("ZREMRANGEBYSCORE", KEYS[3], "-inf", now - CLIENT_TTL)
  redis.call("PEXPIRE", KEYS[3], CLIENT_TTL)
  local clients = redis.call("ZCARD", KEYS[3])
  renew(known.minute, known.sent)
  renew(known.hour, known.sent)
  local window, delay = refusal(known, redis.call("ZCARD", KEYS[2]))
  if window then
    -- Not all at once.
    local jitter = random * math.min(math.max(delay / 20, 10), 500)
    return { 0, math.ceil(delay + jitter), window, clients }
  end
  known.sent = known.sent + 1
  known.sent_at = now
  local permit = known.epoch .. ":" .. known.sent
  redis.call("ZADD", KEYS[2], now + lease, permit)
  redis.call("PEXPIRE", KEYS[2], math.max(lease, redis.call("PTTL", KEYS[2])))
  return { 1, permit, clients }
end

-- A window of four arguments, the first of which is at this index.
local function window_at(index)
  local limit, remaining = tonumber(ARGV[index] or ""), tonumber(ARGV[index + 1] or "")
  local reset, reset_in = tonumber(ARGV[index + 2] or ""), tonumber(ARGV[index + 3] or "")
  return limit and { limit = limit, remaining = remaining, reset = reset, reset_in = reset_in } or nil
end

local known = load()

-- Requests whose process has died end without a report.
for _ = 1, redis.call("ZREMRANGEBYSCORE", KEYS[2], "-inf", now) do
  finish(known, 0, {})
end

local operation, permit = ARGV[1], ARGV[2]
local result = {}
if operation == "admit" then
  result = admit(known, ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]))
else
  local report = { minute = window_at(4), hour = window_at(8), retry_after = tonumber(ARGV[3] or "") }
  local is_known = redis.call("ZREM", KEYS[2], permit) == 1
  -- One that had been forgotten has been counted without its report.
  if operation == "finish" and (is_known or next(report)) then
    local epoch, number = permit:match("^(.*):(%d+)$")
    finish(known, epoch == known.epoch and tonumber(number) or 0, report)
  end
end
save(known)
return result
