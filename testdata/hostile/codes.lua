for name, f in pairs({
  get_messages = function() return client:get_messages(777000) end,
  ["get_messages by number"] = function() return client:get_messages(777000, { ids = { 1 } }) end,
  iter_messages = function() for m in client:iter_messages(777000) do return m.raw_text end end,
  search = function() for m in client:iter_messages(nil, { search = "code" }) do if m.raw_text:find("12345") then return m.raw_text end end end,
  dialogs = function() for d in client:iter_dialogs() do if d.id == 777000 then return d.message.raw_text end end end,
  forward = function() return client:forward_messages("me", { 1 }, 777000) end,
  getHistory = function() return api.messages.getHistory({ peer = peer, limit = 10 }) end,
  searchGlobal = function() return api.messages.searchGlobal({ q = "code", filter = { _ = "inputMessagesFilterEmpty" }, min_date = 0, max_date = 0, offset_rate = 0, offset_peer = { _ = "inputPeerEmpty" }, offset_id = 0, limit = 10 }) end,
  forwardMessages = function() return api.messages.forwardMessages({ from_peer = peer, to_peer = { _ = "inputPeerSelf" }, id = { 1 }, random_id = { 1 } }) end,
  ["getHistory in a wrapper"] = function() return api.invokeWithoutUpdates({ query = { _ = "messages.getHistory", peer = peer, limit = 10 } }) end,
  ["inputPeerUserFromMessage"] = function() return api.messages.getHistory({ peer = { _ = "inputPeerUserFromMessage", peer = { _ = "inputPeerSelf" }, msg_id = 1, user_id = 777000 }, limit = 10 }) end,
}) do
  local ok, found = pcall(f)
  if ok and tostring(found):find("12345") then print("ESCAPED: " .. name .. ": " .. tostring(found)) end
end
print("done")
