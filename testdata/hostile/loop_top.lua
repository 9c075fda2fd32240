-- stopped: without a pause
while true do end
