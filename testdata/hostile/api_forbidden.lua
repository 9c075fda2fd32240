local try = require("lib.try")
local api = client.api
for _, method in ipairs({ "auth.logOut", "auth.exportLoginToken", "auth.exportAuthorization", "auth.resetAuthorizations", "account.deleteAccount", "account.getPassword",
  "account.updatePasswordSettings", "account.getAuthorizations", "account.changePhone", "account.initTakeoutSession", "account.resetPassword", "messages.acceptUrlAuth", "bots.exportBotToken" }) do
  local space, name = method:match("^(%w+)%.(%w+)$")
  try.refused(method, nil, function() return api[space][name]({}) end)
  local query = { _ = method, reason = "x" }
  for _, wrapper in ipairs({
    { "invokeWithLayer", { layer = 200, query = query } },
    { "invokeAfterMsg", { msg_id = 1, query = query } },
    { "invokeAfterMsgs", { msg_ids = { 1 }, query = query } },
    { "invokeWithoutUpdates", { query = query } },
    { "invokeWithMessagesRange", { range = { _ = "messageRange", min_id = 1, max_id = 2 }, query = query } },
    { "invokeWithTakeout", { takeout_id = 1, query = query } },
    { "initConnection", { api_id = 1, device_model = "x", system_version = "x", app_version = "x", system_lang_code = "en", lang_pack = "", lang_code = "en", query = query } },
    { "invokeWithLayer", { layer = 200, query = { _ = "invokeWithoutUpdates", query = { _ = "invokeAfterMsg", msg_id = 1, query = query } } } },
  }) do
    try.refused(wrapper[1] .. " of " .. method, nil, function() return api[wrapper[1]](wrapper[2]) end)
  end
end
print("done")
