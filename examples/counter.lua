-- Counts what is written in a group, and tells with /top who writes most. What it has counted outlives the program.
--   tgscript run --account bot --chat counter.lua
client:on("message", { group = true, incoming = true, priority = -1 }, function(event)
  if event.raw_text:find("^/") or not event.sender then return end
  event.chat_data:add("messages")
  event.chat_data:add("by/" .. event.sender_id)
  event.user_data:set("name", event.sender.first_name)
end)

client:command("top", function(event)
  local people = {}
  for id, count in event.chat_data:iter("by/") do
    people[#people + 1] = { name = tg.store:user(id:sub(4)):get("name"), count = count }
  end
  table.sort(people, function(a, b) return a.count > b.count end)
  local lines = { event.chat_data:get("messages", 0) .. " messages" }
  for i = 1, math.min(3, #people) do lines[#lines + 1] = i .. ". " .. people[i].name .. ": " .. people[i].count end
  event:respond(table.concat(lines, "\n"))
end)
