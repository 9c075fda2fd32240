local function greet(msg)
  local name = msg.from.first_name
  return "hi " .. name
end

greet({ text = "x" })
