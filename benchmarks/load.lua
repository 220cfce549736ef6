-- wrk: the questions of a file by turns; what is no 200, or none of the expected replies, is counted; told as JSON.
local bodies, expected, turn = {}, {}, 0
local threads = {}

function setup(thread)
  thread:set("questions", os.getenv("QUESTIONS"))
  thread:set("replies", os.getenv("REPLIES"))
  table.insert(threads, thread)
end

function init(_)
  failed, wrong = 0, 0
  for line in io.lines(questions) do table.insert(bodies, line) end
  for line in io.lines(replies) do expected[line] = true end
  wrk.method, wrk.headers["content-type"] = "POST", "application/json"
end

function request()
  turn = turn % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[turn])
end

function response(status, _, body)
  if status ~= 200 then failed = failed + 1 end
  if not expected[body] then wrong = wrong + 1 end
end

function done(summary, latency, _)
  local not_200, unexpected = 0, 0
  for _, thread in ipairs(threads) do
    not_200, unexpected = not_200 + thread:get("failed"), unexpected + thread:get("wrong")
  end
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %d, "not_200": %d, "unexpected": %d, "socket_errors": %d, "p50_us": %d, "p99_us": %d, "max_us": %d}\n',
    summary.requests, summary.duration / 1e6, not_200, unexpected,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
