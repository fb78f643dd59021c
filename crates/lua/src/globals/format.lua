-- `string.format`, as Go's fmt writes what it is given. Comes in: what Rust lends. Goes out: the
-- function. A value that does not suit its directive is written down, not refused.
local lent = ...
local error, select, tonumber, tostring, type = error, select, tonumber, tostring, type
local concat, find_text, native, sub = table.concat, string.find, string.format, string.sub

-- Whole numbers beyond this are none.
local LARGEST = 2 ^ 63

local function as_text(value)
  if type(value) == "number" then return lent.print_number(value) end
  return tostring(value)
end

local function unsuited(verb, value)
  local kind = type(value)
  if kind == "nil" then return "&{}" end
  if kind == "boolean" then return "%!" .. verb .. "(lua.LBool=" .. tostring(value) .. ")" end
  return "%!" .. verb .. "(" .. kind .. "=" .. tostring(value) .. ")"
end

local function whole(directive, verb, value)
  if value ~= value or value >= LARGEST or value <= -LARGEST then
    return lent.print_number(value)
  end
  if verb == "i" then
    directive = sub(directive, 1, -2) .. "d"
  elseif verb ~= "d" and value < 0 then
    return "-" .. native(directive, -value)
  end
  return native(directive, value)
end

local function written(directive, verb, value)
  if verb == "s" or verb == "v" then
    return native(sub(directive, 1, -2) .. "s", as_text(value))
  elseif verb == "q" then
    return native("%q", as_text(value))
  elseif verb == "t" then
    return as_text(value)
  end
  if (verb == "d" or verb == "i") and type(value) == "string" then value = tonumber(value) or 0 end
  if type(value) ~= "number" then return unsuited(verb, value) end
  if find_text("dioxX", verb, 1, true) then return whole(directive, verb, value) end
  if verb == "u" then return "%!u(int64=" .. lent.print_number(value) .. ")" end
  if directive == "%g" and value % 1 ~= 0 then return lent.print_number(value) end
  return native(directive, value)
end

return function(template, ...)
  if type(template) ~= "string" then
    error("bad argument #1 to format (string expected, got " .. type(template) .. ")", 2)
  end
  local parts, at, index, given = {}, 1, 0, select("#", ...)
  while true do
    local mark = find_text(template, "%", at, true)
    if not mark then break end
    parts[#parts + 1] = sub(template, at, mark - 1)
    local stop = mark + 1
    while stop <= #template and find_text("-+ #0123456789.", sub(template, stop, stop), 1, true) do
      stop = stop + 1
    end
    local verb = sub(template, stop, stop)
    if verb == "%" then
      parts[#parts + 1] = "%"
    elseif verb == "" then
      parts[#parts + 1] = "%!(NOVERB)"
    elseif index >= given then
      parts[#parts + 1] = "%!" .. verb .. "(MISSING)"
    else
      index = index + 1
      local value = select(index, ...)
      parts[#parts + 1] = written(sub(template, mark, stop), verb, value)
    end
    at = stop + 1
  end
  parts[#parts + 1] = sub(template, at)
  return concat(parts)
end
