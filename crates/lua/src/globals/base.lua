-- The functions every script has. Comes in: what Rust lends. Goes out: a table of functions.
--
-- The base is Lua 5.2. What differs in gopher-lua, which Argo CD runs scripts in and which is Lua
-- 5.1 with `goto`, is written here.
local lent = ...
local error, pcall, rawget, rawnext, select, setmetatable, tostring, type =
  error, pcall, rawget, next, select, setmetatable, tostring, type
local live, sorted_keys, following = lent.live, lent.sorted_keys, lent.following

-- Who has used up what he may use cannot go on by catching the error that says so.
local function settled(...)
  live()
  return ...
end

local function expect_table(name, value)
  if type(value) ~= "table" then
    error("bad argument #1 to " .. name .. " (table expected, got " .. type(value) .. ")", 3)
  end
end

local base = {
  _VERSION = "Lua 5.1",
  assert = assert,
  error = error,
  getmetatable = getmetatable,
  ipairs = ipairs,
  rawequal = rawequal,
  rawget = rawget,
  rawset = rawset,
  select = select,
  type = type,
  unpack = table.unpack,
}

function base.collectgarbage()
  return 0
end

function base.print() end

function base.pcall(...)
  return settled(pcall(...))
end

local function handled(handler, succeeded, ...)
  if succeeded then return true, ... end
  return false, handler(...)
end

-- The handler of the C function runs inside of the error, where nothing could end it.
function base.xpcall(called, handler)
  return handled(handler, settled(pcall(called)))
end

-- A finalizer would run where nothing can end it.
function base.setmetatable(t, metatable)
  if type(metatable) == "table" and rawget(metatable, "__gc") ~= nil then
    error("__gc is not supported", 2)
  end
  return setmetatable(t, metatable)
end

function base.tostring(...)
  local value = ...
  if type(value) == "number" then return lent.print_number(value) end
  return tostring(...)
end

function base.tonumber(value, radix)
  if type(value) == "number" then return value end
  if type(value) ~= "string" then return nil end
  return lent.read_number(value, radix)
end

-- Always in the same order: a message that is made of it must not change by itself.
function base.pairs(t)
  expect_table("pairs", t)
  local keys, at = sorted_keys(t), 0
  return function()
    while true do
      at = at + 1
      local key = keys[at]
      if key == nil then return nil end
      local value = rawget(t, key)
      if value ~= nil then return key, value end
    end
  end, t, nil
end

function base.next(t, key)
  expect_table("next", t)
  if rawnext(t) == nil then return nil end
  local found = following(t, key)
  if found ~= nil then return found, rawget(t, found) end
  return nil
end

local threads = {
  create = coroutine.create,
  running = coroutine.running,
  status = coroutine.status,
  wrap = coroutine.wrap,
  yield = coroutine.yield,
}

local resume = coroutine.resume

function threads.resume(...)
  return settled(resume(...))
end

return base, threads
