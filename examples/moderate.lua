-- Keeps links out of a group: the first two of a member are deleted with a word about it, at the third the member
-- may not write for an hour. Admins may do what they like. The account must be an admin, too.
--   tgscript run --account boss --play scenes/moderate.lua moderate.lua
local group = tg.args.group or "Workshop"
local warnings = {}

local function has_link(event)
  for _, entity in ipairs(event.entities) do
    if entity.type == "url" or entity.type == "text_link" then return true end
  end
  return false
end

client:on("message", { chats = group, incoming = true, func = has_link }, function(event)
  if client:get_permissions(event.chat, event.sender).is_admin then return end
  local who = tostring(event.sender_id)
  warnings[who] = (warnings[who] or 0) + 1
  event:delete()
  local name = tg.text.escape(event.sender.first_name)
  if warnings[who] < 3 then
    event:respond(name .. ", please send no links here (" .. warnings[who] .. " of 3).")
  else
    warnings[who] = nil
    client:edit_permissions(event.chat, event.sender, { send_messages = false, until_date = "1h" })
    event:respond(name .. " has an hour to think about it.")
  end
end)
