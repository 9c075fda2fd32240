-- Speaks the language of who writes: its texts are in locales/, one file a language.
--   tgscript run --account bot --chat languages.lua
tg.i18n.load() -- mistakes in the files are told now, and the old version goes on
client:command("start", { description = "Begin" }, function(event)
  local t = tg.i18n.of(event)
  event:reply(t("hello", { name = event.sender.first_name }))
end)

-- /eggs 3 de: a plural, in a language that is asked for
client:command("eggs", { description = "Buy eggs" }, function(event)
  local t = tg.i18n.of(event.args[2] or event)
  event:reply(t("eggs", { count = tonumber(event.args[1]) or 1, more = tg.fmt.code("/eggs 12 de") }))
end)
