local function inner()
  local x = nil
  return x.y
end
local function outer()
  nested(inner)
end
outer()
