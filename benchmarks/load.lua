-- wrk: the questions of a folder by turns; what is no 200 is counted, and all is told as one line of JSON.
local bodies, turn = {}, 0
local threads = {}

function setup(thread)
  thread:set("folder", os.getenv("QUESTIONS"))
  table.insert(threads, thread)
end

function init(_)
  failed = 0
  for line in io.lines(folder) do table.insert(bodies, line) end
  wrk.method, wrk.headers["content-type"] = "POST", "application/json"
end

function request()
  turn = turn % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[turn])
end

function response(status)
  if status ~= 200 then failed = failed + 1 end
end

function done(summary, latency, _)
  local not_200 = 0
  for _, thread in ipairs(threads) do not_200 = not_200 + thread:get("failed") end
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %d, "not_200": %d, "socket_errors": %d, "p50_us": %d, "p99_us": %d, "max_us": %d}\n',
    summary.requests, summary.duration / 1e6, not_200,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
