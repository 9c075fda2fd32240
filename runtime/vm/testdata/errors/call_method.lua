local client = {}
local chat = 5
client:send_mesage(chat, "hi")
