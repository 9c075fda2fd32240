-- Sends one message to your Saved Messages, changes it, and ends.
-- Save this file while it runs under `tgscript run`, and it runs again.
local to = tg.args.to or "me"
local message = client:send_message(to, tg.args.greeting or "Hello, myself!")

local me = client:get_me()
client:edit_message(to, message.id, "Hello, **" .. me.first_name .. "**! This was edited by a script.")

print("sent message " .. message.id .. " to " .. to)
