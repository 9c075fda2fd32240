client:on("message", function(event)
  if event.chat_id == 777000 or event.raw_text:find("12345") then print("ESCAPED: " .. event.raw_text) end
end)
client:on("raw", function(update)
  if tostring(update):find("12345") then print("ESCAPED: " .. tostring(update)) end
end)
print("ready for codes")
