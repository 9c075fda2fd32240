-- Shows "typing ..." while it works on something that takes its time.
--   tgscript run --account bot --chat typing.lua
client:command("primes", function(event)
  local limit = tonumber(event.args[1]) or 1000
  local count = client:action(event.chat, "typing", function()
    local found = 0
    for n = 2, math.min(limit, 100000) do
      local prime = true
      for d = 2, math.floor(math.sqrt(n)) do
        if n % d == 0 then prime = false break end
      end
      if prime then found = found + 1 end
      if n % 1000 == 0 then tg.sleep(0.01) end -- Lua that never waits is ended after a second
    end
    return found
  end)
  event:reply("There are " .. count .. " primes up to " .. limit .. ".")
end)
