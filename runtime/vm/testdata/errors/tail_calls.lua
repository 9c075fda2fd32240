local function last(x) return x.y.z end
local function middle(x)
  return last(x)
end
local function first(x)
  return middle(x)
end
local r = first({})
