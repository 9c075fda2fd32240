-- app.weather is a Go function of the program that runs this script.
client:send_message("me", "It is " .. app.weather("Rome") .. ".")
