-- stopped: nil
tg.spawn(function() error() end)
