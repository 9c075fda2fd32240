-- A long list, page by page. The page is in the data of the buttons, so that nothing has to be remembered, and a
-- reload or a restart disturbs nobody.
--   tgscript run --account bot --chat pages.lua
local planets = { "Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune" }
local size = 3
local last = math.ceil(#planets / size)

local function page(n)
  local lines, row = {}, {}
  for i = (n - 1) * size + 1, math.min(n * size, #planets) do lines[#lines + 1] = i .. ". " .. planets[i] end
  if n > 1 then row[#row + 1] = { text = "«", data = "page:" .. n - 1 } end
  row[#row + 1] = { text = n .. " of " .. last, data = "here" }
  if n < last then row[#row + 1] = { text = "»", data = "page:" .. n + 1 } end
  return table.concat(lines, "\n"), { buttons = row }
end

client:command("planets", function(event)
  event:respond(page(1))
end)

client:on("callback", { pattern = "^page:(%d+)$" }, function(event)
  event:edit(page(tonumber(event.matches[1])))
end)

client:on("callback", { data = "here" }, function(event)
  event:answer("You are here.")
end)
