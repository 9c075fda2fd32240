-- What stands around all handlers: a list of who may use the bot, and a log of how long each answer took.
-- Its args in config.yaml: args: { middleware: { admins: [1001] } }
--   tgscript run --account bot --chat middleware.lua
local allowed = {}
for _, id in ipairs(tg.args.admins or { 1001 }) do allowed[tostring(id)] = true end

tg.use({ events = "message" }, function(event, next)
  if allowed[tostring(event.sender_id)] then
    next()
  else
    event:reply("This bot is not for you.")
  end
end)

tg.use(function(_, next)
  local began = tg.time.now()
  next()
  tg.log.debug("answered", { seconds = tg.time.now() - began })
end)

client:command("secret", function(event)
  event:reply("The key is under the mat.")
end)
