-- Calls by the thousand: they wait for their turn, and nobody else does.
for _ = 1, 500 do tg.spawn(function() pcall(client.get_me, client) end) end
print("done")
