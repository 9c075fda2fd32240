package examples

var fileStories = map[string]story{
	"saver.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "hello")
		alice:wait("EchoBot", { text = "Send me a file, and I will keep it." })
		for i, name in ipairs({ "a.txt", "a (1).txt" }) do
			alice:send_file("EchoBot", "number " .. i, { name = "a.txt" })
			alice:wait("EchoBot", { text = "Saved as " .. name .. ", 8 bytes." })
		end`,
		files: map[string]string{"downloads/a.txt": "^number 1$", "downloads/a (1).txt": "^number 2$"}},
	"thumbs.lua": {account: "bot", scene: `
		local alice = sandbox:person("alice")
		alice:send("EchoBot", "/picture")
		local picture = alice:wait("EchoBot", { media = "document", text = "Not compressed" })
		alice:send_file("EchoBot", picture:file(), { photo = true })
		local small = alice:wait("EchoBot", { media = "document", pattern = "^%d+ bytes instead of %d+$" })
		assert(#small:file() == tonumber(small.text:match("^%d+")) and #small:file() < #picture:file())`},
	"voice.lua": {account: "bot", also: map[string]string{"me": `
		client:on("message", { from = "@sandbox_echo_bot" }, function(event)
			if event.voice then event:copy_to(event.chat) end
		end)`}, scene: `
		local bob = sandbox:person("bob")
		bob:send("EchoBot", "/hello")
		bob:wait("EchoBot", { media = "voice" })
		bob:wait("EchoBot", { text = "1 seconds, and well said." })`},
	"photos.lua": {
		also: map[string]string{"boss": `
			client:set_profile_photo("files/thumb.jpg")
			client:set_profile_photo("files/cat.jpg")
			client:on("message", function() end)`},
		scene: `sandbox:person("bob"):send("me", "/photos alice")`,
		hears: []string{`2 photos of alice$`},
		files: map[string]string{"downloads/*.jpg": "."},
	},
	"progress.lua": {
		scene: `
			local bob = sandbox:person("bob")
			bob:send("me", "/save")
			local file = bob:send_file("me", ("x"):rep(3000000), { name = "big.bin" })
			bob:send("me", "/save", { reply_to = file })`,
		hears: []string{`Answer a file with /save\.$`, `0 %$`, `\(edited\): Saved as big\.bin$`},
		files: map[string]string{"downloads/big.bin": "^x{1000}"},
	},
}
