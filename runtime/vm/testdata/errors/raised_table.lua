error({ code = 420, message = "wait 17 seconds" })
