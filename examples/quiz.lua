-- /quiz asks one question after another, as quizzes of Telegram; /score counts who was right.
--   tgscript run --account bot --chat quiz.lua
local questions = {
  { "6 times 7?", { "41", "42", "43" }, 2, "As ever." },
  { "Where was Lua made?", { "Brazil", "Portugal" }, 1, "At PUC-Rio, in 1993." },
}
local asked = {} -- by chat, the messages with the quizzes

client:command("quiz", function(event)
  local chat = tostring(event.chat_id)
  asked[chat] = {}
  for i, q in ipairs(questions) do
    asked[chat][i] = client:send_poll(event.chat, q[1], q[2], { quiz = true, correct = q[3], explanation = q[4] })
  end
end)

client:command("score", function(event)
  local right, votes = 0, 0
  for i, message in ipairs(asked[tostring(event.chat_id)] or {}) do
    local poll = client:stop_poll(event.chat, message)
    right = right + poll.answers[questions[i][3]].voters
    votes = votes + poll.voters
  end
  event:reply(right .. " of " .. votes .. " answers were right.")
end)
