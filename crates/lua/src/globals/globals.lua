-- The globals of one run. Comes in: the libraries. Goes out: a function that makes globals nobody
-- else has, so that no run sees what another left behind.
local lent, base, threads, lists, text = ...
local error, rawnext, setmetatable, tostring, type = error, next, setmetatable, tostring, type
local string_metatable = getmetatable("")

local function copy(t)
  local made = {}
  for key, value in rawnext, t do made[key] = value end
  return made
end

local clock = { date = lent.date, time = lent.time }

-- Numbers that seem random, each time the same for the same moment.
local function random_of(seed)
  local state = seed % 2147483646 + 1
  local function drawn()
    state = state * 16807 % 2147483647
    return (state - 1) / 2147483646
  end
  local function random(low, high)
    local fraction = drawn()
    if not low then return fraction end
    if not high then low, high = 1, low end
    if low > high then error("interval is empty", 2) end
    return low + math.floor(fraction * (high - low + 1))
  end
  return random, function(again) state = again % 2147483646 + 1 end
end

local function numbers()
  local made = copy(math)
  made.log10 = function(x) return math.log(x, 10) end
  made.mod = math.fmod
  made.random, made.randomseed = random_of(lent.moment())
  return made
end

local function open_libraries(globals)
  globals.string = copy(text)
  globals.math = numbers()
  globals.coroutine = copy(threads)
  globals.debug = { traceback = function(message) return message or "" end }
  local os = copy(clock)
  os.clock = function() return 0 end
  os.difftime = function(one, other) return one - (other or 0) end
  os.getenv = function() return nil end
  globals.os = os
end

local function can_load(globals)
  function globals.loadstring(chunk, name)
    return lent.compile(chunk, name, globals)
  end
  function globals.load(chunk, name)
    local pieces = {}
    if type(chunk) ~= "function" then pieces[1] = chunk end
    while type(chunk) == "function" do
      local piece = chunk()
      if piece == nil or piece == "" then break end
      pieces[#pieces + 1] = piece
    end
    return lent.compile(table.concat(pieces), name, globals)
  end
end

local function can_require(globals)
  local loaded = { _G = globals, table = globals.table, string = globals.string,
    math = globals.math, coroutine = globals.coroutine, os = globals.os }
  local preload = { os = function() return copy(clock) end }
  globals.package = { loaded = loaded, preload = preload, path = "", cpath = "" }
  loaded.package = globals.package
  function globals.require(name)
    if loaded[name] then return loaded[name] end
    local load = preload[name]
    if type(load) ~= "function" then
      error("module " .. tostring(name) .. " not found", 2)
    end
    local module = load(name)
    if module == nil then module = true end
    loaded[name] = module
    return module
  end
end

-- Text has methods only where the library is open; they are looked up in the run's own copy.
local methods

string_metatable.__metatable = false
function string_metatable.__index(_, name)
  if not methods then error("attempt to index a string value", 2) end
  return methods[name]
end

return function(open)
  local globals = copy(base)
  globals._G = globals
  globals.table = copy(lists)
  if open then open_libraries(globals) end
  methods = globals.string
  can_load(globals)
  can_require(globals)
  return globals
end
