-- A menu that lives: its buttons run functions, and work after a reload and a restart.
--   tgscript run --account bot --chat settings.lua
local kept = tg.state -- tg.store keeps what shall outlive the process

local languages = { en = "English", de = "Deutsch", eo = "Esperanto" }

local main = tg.menu("main", function(page)
  local quiet = kept.get("quiet", false)
  page:button(quiet and "Sound: off" or "Sound: on", function()
    kept.set("quiet", not quiet)
    page:redraw()
  end, { id = "sound" })
  page:row():open("Language", "languages")
  page:row():button("Done", function(event) event:edit("As you like.", { buttons = false }) end)
  return "**Settings**: " .. languages[kept.get("language", "en")]
end, { stale = "The settings have changed." })

tg.menu("languages", function(page)
  for _, code in ipairs({ "de", "en", "eo" }) do
    page:row():button(languages[code], function(event)
      kept.set("language", code)
      event:answer("Language: " .. languages[code])
      main:open(event)
    end)
  end
  page:row():open("« Back", "main")
  return "Which language?"
end)

client:command("settings", function(event) main:send(event) end)

-- A question that is asked once needs no menu.
client:command("reset", function(event)
  event:reply("Forget all settings?", { buttons = {
    { text = "Yes", on = function(press) kept.clear() press:edit("Forgotten.", { buttons = false }) end },
    { text = "No", on = function(press) press:edit("Kept.", { buttons = false }) end },
  } })
end)

client:on("callback", { stale = true }, function(event) event:answer("Too old: send /reset again.") end)
