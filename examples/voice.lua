-- Answers /hello with a voice message, and tells how long those of others are.
--   allow: { voice: { read: [files] } }
--   tgscript run --account bot --chat voice.lua
client:command("hello", function(event)
  event:reply_file("files/hello.ogg", { voice_note = true, waveform = { 0, 4, 12, 25, 31, 25, 12, 4, 0 } })
end)

client:on("message", { incoming = true, media = "voice" }, function(event)
  event:reply(event.voice.duration .. " seconds, and well said.")
end)
