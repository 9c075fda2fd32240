-- "/drafts" in Saved Messages lists what you have begun to write and not sent; "/drafts clear" throws it away.
--   tgscript run --account me --chat --as bob drafts.lua
client:command("drafts", { outgoing = true, chats = "me" }, function(event)
  local lines = {}
  for draft in client:iter_drafts() do
    lines[#lines + 1] = draft.entity.name .. ": " .. draft.raw_text
    if event.args[1] == "clear" then draft:delete() end
  end
  lines[#lines + 1] = #lines .. (event.args[1] == "clear" and " drafts were thrown away." or " drafts")
  event:reply(table.concat(lines, "\n"), { parse_mode = "none" })
end)
