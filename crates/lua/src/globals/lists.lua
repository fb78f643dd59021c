-- The library `table`. Comes in: what Rust lends. Goes out: a table of functions.
--
-- Sorting is written here because what runs in C cannot be interrupted.
local lent = ...
local error, rawnext, rawset, select, type = error, next, rawset, select, type
local concat, insert, remove = table.concat, table.insert, table.remove

local function expect(name, position, wanted, value)
  if type(value) ~= wanted then
    error("bad argument #" .. position .. " to " .. name .. " (" .. wanted .. " expected, got "
      .. type(value) .. ")", 3)
  end
end

-- Argo CD's own `os` ends up in here, too.
local lists = { concat = concat, date = lent.date, time = lent.time }

function lists.getn(t)
  expect("getn", 1, "table", t)
  return #t
end

function lists.maxn(t)
  expect("maxn", 1, "table", t)
  local most = 0
  for key in rawnext, t do
    if type(key) == "number" and key > most then most = key end
  end
  return most
end

function lists.insert(t, ...)
  expect("insert", 1, "table", t)
  local count = select("#", ...)
  if count == 0 then error("wrong number of arguments", 2) end
  local position, value = ...
  if count == 1 then
    if position ~= nil then t[#t + 1] = position end
    return
  end
  expect("insert", 2, "number", position)
  if position >= 1 and position <= #t then
    insert(t, position, value)
  else
    rawset(t, position, value)
  end
end

function lists.remove(t, position)
  expect("remove", 1, "table", t)
  local size = #t
  if size == 0 then return nil end
  if position == nil then return remove(t) end
  expect("remove", 2, "number", position)
  if position < 1 then return remove(t) end
  if position > size then return nil end
  return remove(t, position)
end

local function less(one, other)
  return one < other
end

local function merge(from, to, first, middle, last, before)
  local left, right = first, middle + 1
  for at = first, last do
    if left <= middle and (right > last or not before(from[right], from[left])) then
      to[at], left = from[left], left + 1
    else
      to[at], right = from[right], right + 1
    end
  end
end

function lists.sort(t, before)
  expect("sort", 1, "table", t)
  if before == nil then before = less else expect("sort", 2, "function", before) end
  local size, width = #t, 1
  local from, to = {}, {}
  for at = 1, size do from[at] = t[at] end
  while width < size do
    for first = 1, size, 2 * width do
      local middle, last = first + width - 1, first + 2 * width - 1
      if middle > size then middle = size end
      if last > size then last = size end
      merge(from, to, first, middle, last, before)
    end
    from, to, width = to, from, 2 * width
  end
  for at = 1, size do t[at] = from[at] end
end

return lists
