-- /survey asks one question after another. Several people may answer at the same time: each `ask` waits
-- for its own person, and nothing else waits with it.
--   tgscript run --account me --chat survey.lua
local questions = { "What is your name?", "Which language do you like best?" }

client:command("survey", function(event)
  local answers = {}
  for i, question in ipairs(questions) do
    local ok, answer = pcall(event.ask, event, question, { timeout = "5m" })
    if not ok then
      event:respond("You took too long. Write /survey to begin again.")
      return
    end
    answers[i] = answer.text
  end
  event:respond("Thank you, **" .. answers[1] .. "**! " .. answers[2] .. " it is.")
end)
