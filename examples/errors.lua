-- Errors are values: catch the ones you expect by their kind.
--   tgscript run --account me --chat errors.lua
client:command("say", function(event)
  local ok, err = pcall(client.send_message, client, event.args[1] or "", table.concat(event.args, " ", 2))
  if ok then
    event:reply("Said.")
  elseif err.kind == "PEER_UNKNOWN" then
    event:reply("I know nobody of that name.")
  else
    event:reply("That did not work: " .. err.message, { parse_mode = "none" })
  end
end)
