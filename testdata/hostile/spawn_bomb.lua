-- stopped: too many
local function bomb() while true do tg.spawn(bomb) end end
tg.spawn(bomb)
