-- "/whois @name" in any chat tells what Telegram knows of somebody, or of a group or channel. As an answer to a
-- message it tells who has written that.
--   tgscript run --account me --chat whois.lua
client:command("whois", function(event)
  local quoted = event:get_reply_message()
  local whom = event.args[1] or quoted and quoted.sender or event.sender
  local ok, who = pcall(client.get_entity, client, whom)
  if not ok then return event:reply("I know nobody of that name: " .. who.message, { parse_mode = "none" }) end
  local full = client:get_full(who)
  local lines = { who.name .. ", a " .. who.kind, "id " .. who.id }
  if who.username then lines[#lines + 1] = "@" .. who.username end
  if who.status then lines[#lines + 1] = "last seen: " .. who.status end
  if full.participants_count then lines[#lines + 1] = full.participants_count .. " members" end
  if full.about and full.about ~= "" then lines[#lines + 1] = "“" .. full.about .. "”" end
  event:reply(table.concat(lines, "\n"), { parse_mode = "none" })
end)
