-- Looks after the other scripts from a chat: /status, /reload NAME, /pause NAME, /resume NAME, for the owner alone.
-- What it needs in config.yaml, below its account:
--   args: { owner: { owner: 1001 } }
--   allow: { owner: { host: [status, reload, pause, resume] } }
--   tgscript run --account bot --chat owner.lua
local args = tg.args{
  owner = { type = "integer", required = true, doc = "Id of the one person who may give orders." },
}
local only = { private = true, from = { args.owner } }

client:command("status", only, function(event)
  local lines = {}
  for _, script in ipairs(tg.host.scripts()) do
    local line = script.name .. ": " .. script.state
    if script.paused ~= "" then line = line .. " (" .. script.paused .. ")" end
    if script.errors > 0 then line = line .. ", errors: " .. script.errors .. ", the last: " .. script.last_error end
    table.insert(lines, line)
  end
  event:reply(table.concat(lines, "\n"), { parse_mode = "none" })
end)

-- order makes a command of what may fail: the answer is what went wrong then.
local function order(name, run)
  client:command(name, only, function(event)
    if event.args[1] == nil then
      event:reply("Write /" .. name .. " and the name of a script: /status lists them.")
      return
    end
    local ok, answer = pcall(run, event.args[1])
    event:reply(ok and answer or answer.message, { parse_mode = "none" })
  end)
end

-- A script may reload itself, too: this version answers while the next one serves already.
order("reload", function(name) return tg.host.reload(name) .. " is loaded anew." end)
order("resume", function(name) return tg.host.resume(name).name .. " goes on." end)
order("pause", function(name)
  for _, script in ipairs(tg.host.scripts()) do
    if script.own and (script.name == name or script.name:match("[^/]*$") == name) then return "Then nobody could resume me." end
  end
  return tg.host.pause(name, "by the owner") .. " is paused."
end)
