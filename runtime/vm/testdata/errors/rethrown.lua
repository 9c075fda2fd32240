local ok, e = pcall(function() flood("x") end)
error(e)
