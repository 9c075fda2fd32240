-- A ledger in Saved Messages: "/spent 2.50 bread" notes it, "/ledger" sums it up. It is a table in a file, by SQLite.
--   tgscript run --account me --chat --as bob ledger.lua
tg.fs.mkdir("data")
local db = tg.sql.open("data/ledger.db")
db:exec("CREATE TABLE IF NOT EXISTS spent (at INTEGER, amount REAL, what TEXT)")

client:on("message", { chats = "me", pattern = "^/spent ([%d.]+) (.+)$" }, function(event)
  local amount = tonumber(event.matches[1])
  if not amount then return event:reply("How much?") end
  db:exec("INSERT INTO spent VALUES (?, ?, ?)", os.time(), amount, event.matches[2])
  event:reply(tg.fmt("{1} for {2}.", { ("%.2f"):format(amount), tg.fmt.italic(event.matches[2]) }))
end)

client:on("message", { chats = "me", pattern = "^/ledger$" }, function(event)
  local lines = {}
  for row in db:rows("SELECT what, sum(amount) AS amount FROM spent GROUP BY what ORDER BY amount DESC, what") do
    lines[#lines + 1] = tg.fmt("{1}: {2}", { row.what, tg.fmt.bold(("%.2f"):format(row.amount)) })
  end
  event:reply(#lines > 0 and tg.fmt.list(lines) or "Nothing yet.")
end)
