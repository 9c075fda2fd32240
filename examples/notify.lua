-- Passes on what other programs have to say: they post JSON to a port of this machine, with a token.
-- Write to the bot first: bots may only write to those who have.
--   tgscript run --account bot --chat notify.lua
--   curl http://127.0.0.1:18088/notify -H 'X-Token: change me' -d '{ "title": "Backup", "text": "done" }'
local hook = tg.webhook({ listen = "127.0.0.1:18088", path = "/notify", token = tg.args.token or "change me", token_header = "X-Token" }, function(request)
  local news = request:json()
  if type(news.text) ~= "string" then return { status = 400, json = { error = "text is missing" } } end
  client:send_message(tg.args.to or "@alice", tg.fmt("{title}: {text}", { title = tg.fmt.bold(news.title or "News"), text = news.text }))
  return { json = { ok = true } }
end)
tg.log("listening", { at = hook.address })
