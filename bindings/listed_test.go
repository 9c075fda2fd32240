package bindings_test

import (
	"slices"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestFileFieldStories reads what a message says of its file.
func TestFileFieldStories(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{
			"music",
			`local f = client:send_file("me", { bytes = "x", name = "a.mp3" }, { title = "T", performer = "P", duration = "1m" }).file
			print(f.kind, f.title, f.performer, f.duration, f.sticker_set, f.emoji)`,
			"print: audio\tT\tP\t60\tnil\tnil",
		},
		{
			"a sticker",
			`local m = client:send_file("me", { bytes = "x", name = "a.webp" }, { kind = "sticker", emoji = "😀", width = 512, height = 512 })
			print(m.sticker == m.file, m.sticker.emoji, m.sticker.sticker_set, m.sticker.width, m.photo)`,
			"print: true\t😀\tnil\t512\tnil",
		},
		{
			"how far it is",
			`local done, all
			local function told(n, total) done, all = n, total end
			client:upload_file({ bytes = "hello", name = "a.txt" }, { progress = told }) print(done, all)
			local m = client:send_file("me", { bytes = "hello world", name = "a.txt" })
			print(client:download_media(m, nil, { bytes = true, progress = told }), done, all)`,
			"print: 5\t5\nprint: hello world\t11\t11",
		},
		{
			"a picture in small",
			`local m = client:send_file("me", { bytes = "` + luaPicture(t, 640) + `", name = "a.jpg" })
			local small, great = client:download_media(m, nil, { bytes = true, thumb = 1 }), client:download_media(m, nil, { bytes = true })
			print(#m.file.thumbs > 1, #small > 0, small == great)`,
			"print: true\ttrue\tfalse",
		},
		{
			"hidden until it is tapped",
			`local m = client:send_file("me", { bytes = "x", name = "a.mp4" }, { spoiler = true })
			print(m.media.spoiler, m.file.kind, client:send_file("me", m, { spoiler = true }).media.spoiler)`,
			"print: true\tvideo\ttrue",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// TestFilesComeFromTheirDataCenter: a location with dc_id is asked for there at once.
func TestFilesComeFromTheirDataCenter(t *testing.T) {
	w := newWorld(t, "alice")
	var asked []int
	stop := w.server.Inspect(func(i sandbox.Inspection) {
		if i.Kind == sandbox.InspectCall && i.Method == "upload.getFile" {
			asked = append(asked, i.DC)
		}
	})
	w.run(t, `local d = client:send_file("me", { bytes = "hello", name = "a.txt" }).file.raw
		local where = { _ = "inputDocumentFileLocation", id = d.id, access_hash = d.access_hash, file_reference = d.file_reference, thumb_size = "" }
		local done, all
		print(client:download_file(where, nil, { dc_id = 2, file_size = 5, progress = function(n, total) done, all = n, total end }), done, all)
		local ok, e = pcall(client.download_file, client, where, nil, { dc_id = 4 }) print(ok, e)`,
		"print: hello\t5\t5\nprint: true\thello")
	stop() // waits for what is on its way
	if asked[0] != 2 || !slices.Contains(asked, 4) {
		t.Errorf("asked data centers %v", asked)
	}
}

func TestUnreadStories(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `client:on("message", { chats = "Friends", pattern = "^count$" }, function()
			local d = client:get_dialog("Friends")
			print(d.unread_count, d.unread_mentions_count)
			d:mark_read()
			print(client:get_dialog("Friends").unread_count)
		end)`,
		"bob@Friends> one\nbob@Friends> hello @alice\nbob@Friends> count\nprint: 3\t1\nprint: 0")
}

func TestGroupsThatHaveMovedStory(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `client:upgrade_group("Friends")
		local all, present = 0, 0
		for dialog in client:iter_dialogs() do if dialog.name == "Friends" then all = all + 1 end end
		for dialog in client:iter_dialogs({ ignore_migrated = true }) do if dialog.name == "Friends" then present = present + 1 end end
		print(all, present)`, "print: 2\t1")
}

func TestRangeStories(t *testing.T) {
	w := newWorld(t, "alice")
	w.run(t, `local ids = {}
		for i = 1, 5 do ids[i] = client:send_message("@bobby", "n" .. i).id end
		for m in client:iter_messages("@bobby", { min_id = ids[2], max_id = ids[5], wait_time = "1ms" }) do print(m.raw_text) end`,
		"print: n4\nprint: n3")
}

func TestOfferFieldStories(t *testing.T) {
	w := newWorld(t, "EchoBot")
	w.serve(t, `client:on("inline_query", function(event)
		event:answer({ { title = "Text", file = { bytes = "some text", name = "a.txt" } } }, { cache_time = 77, gallery = true, next_offset = "9" })
	end)`)
	alice := worldOn(t, w.server, "alice")
	alice.run(t, `local found = client:inline_query("@sandbox_echo_bot", "x", { chat = "me" })
		local one = found.results[1]
		print(found.cache_time, found.gallery, found.next_offset, found.switch_pm, found.valid, #found.query_id > 0)
		print(one.type, one.document._, one.photo, client:download_media(one.file, nil, { bytes = true }))`,
		"print: 77\ttrue\t9\tnil\ttrue\ttrue\nprint: file\tdocument\tnil\tsome text")
	const ask = "messages.getInlineBotResults"
	alice.reaches(t, []wireRow{
		{`client:inline_query("@sandbox_echo_bot", "cats", { offset = "20" })`, ask, "offset", "20"},
		{`client:inline_query("@sandbox_echo_bot", "cats", { geo = { 52.5, 13.4 } })`, ask, "geo_point lat", "52.5"},
		{`client:inline_query("@sandbox_echo_bot", "cats", { chat = "@bobby" })`, ask, "peer user_id", "1002"},
	})
}

func TestSplitStory(t *testing.T) {
	newWorld(t, "alice").run(t, `print(#tg.text.split("**a** b **c** d **e**"), #tg.text.split("**a** b **c** d **e**", { max_entities = 2 }))`, "print: 1\t2")
}
