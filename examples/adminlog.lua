-- Tells what was done in a group, in Saved Messages: once a day by itself, and whenever you write /digest there.
--   tgscript run --account boss --chat adminlog.lua
local group = tg.args.group or "Workshop"

local function digest()
  local counts, kinds = {}, {}
  for entry in client:iter_admin_log(group) do
    local key = entry.user.name .. ": " .. entry.kind
    if not counts[key] then kinds[#kinds + 1] = key end
    counts[key] = (counts[key] or 0) + 1
  end
  table.sort(kinds)
  local lines = { group .. ", the last two days" }
  for _, key in ipairs(kinds) do lines[#lines + 1] = "• " .. key .. " × " .. counts[key] end
  if #kinds == 0 then lines[#lines + 1] = "Nothing." end
  client:send_message("me", table.concat(lines, "\n"), { parse_mode = "none" })
end

tg.every("24h", digest)
client:command("digest", { outgoing = true, chats = "me" }, digest)
