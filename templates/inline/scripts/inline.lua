-- An inline bot: "@bot moon" in any chat offers what its list has about the moon. On Telegram, switch inline mode
-- on with /setinline of @BotFather.
local facts = {
  { "The moon", "The moon is 384,400 km away." },
  { "Moon landing", "On 20 July 1969 people walked on the moon." },
  { "The sun", "Light of the sun takes 8 minutes to us." },
}

client:on("inline_query", function(event)
  local offers = {}
  for i, fact in ipairs(facts) do
    if fact[2]:lower():find(event.text:lower(), 1, true) then
      offers[#offers + 1] = event.builder:article(fact[1], { id = tostring(i), description = fact[2], text = "💡 " .. fact[2] })
    end
  end
  event:answer(offers, { cache_time = 300 })
end)

client:command("start", function(event)
  event:respond("I work in any chat: type @" .. client:get_me().username .. " moon")
end)
