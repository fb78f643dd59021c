-- The library `string`. Comes in: what Rust lends, and `format`. Goes out: a table of functions.
--
-- Matching is lent by Rust, which counts its steps: one pattern can take years in C.
local lent, format = ...
local error, select, type = error, select, type
local concat, find_text, sub = table.concat, string.find, string.sub
local match = lent.match

local text = {
  byte = string.byte,
  char = string.char,
  format = format,
  len = string.len,
  lower = string.lower,
  reverse = string.reverse,
  sub = sub,
  upper = string.upper,
}

local repeated = string.rep

function text.rep(s, count)
  return repeated(s, count)
end

-- What Rust answers begins with what is wrong, or nil.
local function checked(problem, ...)
  if problem then error(problem, 3) end
  return ...
end

-- What is matched is text, also if it was given as a number.
local function as_text(name, position, value)
  local kind = type(value)
  if kind == "string" then return value end
  if kind == "number" then return lent.print_number(value) end
  error("bad argument #" .. position .. " to " .. name .. " (string expected, got " .. kind .. ")",
    3)
end

-- Where to begin: counted from 1, or from the end.
local function start_of(s, init)
  init = init or 1
  if init < 0 then init = #s + init + 1 end
  if init < 1 then init = 1 end
  return init
end

function text.find(s, pattern, init, plain)
  s, pattern = as_text("find", 1, s), as_text("find", 2, pattern)
  return checked(match(s, pattern, start_of(s, init), plain and true or false))
end

-- What a match is worth: what it captured, or all of it.
local function worth(s, first, last, ...)
  if not first then return nil end
  if select("#", ...) == 0 then return sub(s, first, last) end
  return ...
end

function text.match(s, pattern, init)
  s, pattern = as_text("match", 1, s), as_text("match", 2, pattern)
  return worth(s, checked(match(s, pattern, start_of(s, init), false)))
end

function text.gmatch(s, pattern)
  s, pattern = as_text("gmatch", 1, s), as_text("gmatch", 2, pattern)
  local at, anchored = 1, sub(pattern, 1, 1) == "^"
  local function noted(first, last, ...)
    if first then at = last >= first and last + 1 or first + 1 end
    if anchored then at = #s + 2 end
    return worth(s, first, last, ...)
  end
  return function()
    if at > #s + 1 then return nil end
    return noted(checked(match(s, pattern, at, false)))
  end
end

text.gfind = text.gmatch

-- A replacement with `%0` to `%9` put in.
local function filled(template, s, first, last, ...)
  local parts, at = {}, 1
  while true do
    local mark = find_text(template, "%", at, true)
    if not mark then break end
    parts[#parts + 1] = sub(template, at, mark - 1)
    local sign = sub(template, mark + 1, mark + 1)
    local index = lent.read_number(sign)
    if index == 0 or (index == 1 and select("#", ...) == 0) then
      parts[#parts + 1] = sub(s, first, last)
    elseif index then
      local capture = select(index, ...)
      if capture == nil then error("invalid capture index", 0) end
      parts[#parts + 1] = capture
    else
      parts[#parts + 1] = sign
    end
    at = mark + 2
  end
  parts[#parts + 1] = sub(template, at)
  return concat(parts)
end

local function replaced(by, s, first, last, ...)
  local kind, value = type(by), nil
  if kind == "function" then
    value = by(worth(s, first, last, ...))
  elseif kind == "table" then
    value = by[(worth(s, first, last, ...))]
  else
    return filled(by, s, first, last, ...)
  end
  if not value then return sub(s, first, last) end
  kind = type(value)
  if kind ~= "string" and kind ~= "number" then
    error("invalid replacement value (a " .. kind .. ")", 0)
  end
  return value
end

function text.gsub(s, pattern, by, most)
  s, pattern = as_text("gsub", 1, s), as_text("gsub", 2, pattern)
  if type(by) ~= "function" and type(by) ~= "table" then by = as_text("gsub", 3, by) end
  local anchored = sub(pattern, 1, 1) == "^"
  local parts, at, done, count = {}, 1, 1, 0
  local function step(first, last, ...)
    if not first then return false end
    parts[#parts + 1] = sub(s, done, first - 1)
    parts[#parts + 1] = replaced(by, s, first, last, ...)
    done, count = last + 1, count + 1
    at = last >= first and last + 1 or first + 1
    return true
  end
  while at <= #s + 1 and not (most and count >= most) do
    if not step(checked(match(s, pattern, at, false))) or anchored then break end
  end
  parts[#parts + 1] = sub(s, done)
  return concat(parts), count
end

return text
