-- A bot that isn't drowned: everybody may ask five times a minute, and is told so once.
--   tgscript run --account bot --chat limit.lua
local asks = tg.limit("5/m", { burst = 2 })
local warned = tg.limit("1/m")

client:command("joke", function(event)
  if asks:try(event.sender_id) then
    event:reply("Why do programmers mix up Halloween and Christmas? Because Oct 31 is Dec 25.")
  elseif warned:try(event.sender_id) then
    event:reply("Slowly, please: a joke needs a moment. Try again in a minute.")
  end
end)
