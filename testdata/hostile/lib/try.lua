-- What attacks have in common: each must be refused, and say why.
local M = {}
local pcall, print, tostring = pcall, print, tostring

-- refused runs f, which must fail with a kind of error, or with words.
function M.refused(name, wanted, f, ...)
  local ok, e = pcall(f, ...)
  local has, kind = pcall(function() return e.kind end)
  if ok then
    print("ESCAPED: " .. name)
  elseif wanted and not (has and kind == wanted or tostring(e):find(wanted, 1, true)) then
    print("STRANGE: " .. name .. ": " .. tostring(e))
  end
end

-- absent says that something isn't there.
function M.absent(name, v)
  if v ~= nil then print("ESCAPED: " .. name .. " is there") end
end

return M
