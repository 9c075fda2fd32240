-- A desk for questions: who writes to you gets a topic in your forum, and what you answer there goes back.
-- The script makes the forum when it runs for the first time.
--   tgscript run --account boss --as bob --chat topics.lua
local title = tg.args.forum or "Front desk"
local ok, forum = pcall(client.resolve, client, title)
if not ok then forum = client:create_channel(title, { kind = "forum" }) end

local topics, people = {}, {} -- by person, and by topic

client:on("message", { incoming = true, private = true }, function(event)
  local who = tostring(event.sender_id)
  if not topics[who] then
    topics[who] = client:create_topic(forum, event.sender.name)
    people[tostring(topics[who].id)] = event.sender
  end
  event:copy_to(forum, { topic = topics[who].id })
end)

client:on("message", { chats = forum, outgoing = true }, function(event)
  local person = event.topic_id and people[tostring(event.topic_id)]
  if person and not event.is_service then event:copy_to(person) end
end)
