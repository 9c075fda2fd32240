package bindings_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// fileWorld is a world whose scripts may read files/ and write downloads/ of a folder.
func fileWorld(t *testing.T) (w *world, root string) {
	t.Helper()
	w, root = newWorld(t, "alice"), t.TempDir()
	for _, dir := range []string{"files", "downloads", "secret"} {
		if err := os.Mkdir(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(root, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 40)), nil); err != nil {
		t.Fatal(err)
	}
	write("files/cat.jpg", b.Bytes())
	write("files/note.txt", []byte("hello"))
	write("files/big.bin", bytes.Repeat([]byte("0123456789abcdef"), 100_000))
	write("secret/key.txt", []byte("secret"))
	if err := os.Symlink(filepath.Join(root, "secret", "key.txt"), filepath.Join(root, "files", "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "secret"), filepath.Join(root, "downloads", "out")); err != nil {
		t.Fatal(err)
	}
	allowed, err := permission.New("s.lua", root, permission.Rules{permission.Read: {"files"}, permission.Write: {"downloads"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.permit(allowed)
	return w, root
}

func TestFiles(t *testing.T) {
	w, root := fileWorld(t)
	for _, row := range [][3]string{
		{
			"a picture is a photo",
			`local m = client:send_file("bob", "files/cat.jpg", { caption = "My **cat**" })
			print(m.raw_text, m.file.kind, m.photo ~= nil, m.document, m.file.width, m.file.height, m.file.ext, m.file.mime_type, m.media._)`,
			"print: My cat\tphoto\ttrue\tnil\t60\t40\t.jpg\timage/jpeg\tmessageMediaPhoto",
		},
		{
			"bytes are sent under a name",
			`local m = client:send_file("bob", { bytes = "a,b", name = "t.csv" })
			print(m.file.kind, m.file.name, m.file.size, m.document == m.file, m.video, tostring(m.file))`,
			"print: document\tt.csv\t3\ttrue\tnil\tFile(document, t.csv)",
		},
		{
			"a list is an album, with captions",
			`local list = client:send_file("bob", { "files/cat.jpg", "files/cat.jpg" }, { caption = { "one", "two" } })
			print(#list, list[1].raw_text, list[2].raw_text, list[1].grouped_id == list[2].grouped_id and list[1].grouped_id ~= nil)`,
			"print: 2\tone\ttwo\ttrue",
		},
		{
			"a file that was met is sent again without an upload",
			`local a = client:send_file("bob", "files/note.txt")
			local b = client:send_file("bob", a)
			local c = client:send_file("bob", a.file)
			local d = client:send_file("bob", a.file.id)
			local e = client:send_file("bob", a.media)
			print(a.file == b.file, b.file == c.file, c.file == d.file, d.file == e.file)`,
			"print: true\ttrue\ttrue\ttrue",
		},
		{
			"an upload is sent twice",
			`local up = client:upload_file("files/note.txt", { file_name = "n.txt" })
			print(up._, client:send_file("bob", up).file.name, client:send_file("bob", up, { file_name = "m.txt" }).file.name)`,
			"print: inputFile\tn.txt\tm.txt",
		},
		{
			"what it is shown as can be chosen",
			`print(client:send_file("bob", "files/cat.jpg", { force_document = true }).file.kind,
				client:send_file("bob", { bytes = "x", name = "a.ogg" }, { voice_note = true, duration = 2, waveform = { 1, 2, 31 } }).voice.waveform[3],
				client:send_file("bob", { bytes = "x", name = "a.mp4" }, { video_note = true }).video_note ~= nil,
				client:send_file("bob", { bytes = "x", name = "a.mp3" }, { title = "T", performer = "P", duration = "1m" }).audio.title)`,
			"print: document\t31\ttrue\tT",
		},
		{
			"progress is told",
			`local last, all, calls = 0, 0, 0
			client:send_file("bob", "files/big.bin", { progress = function(done, total) last, all, calls = done, total, calls + 1 end })
			print(last, all, calls > 0)`,
			"print: 1600000\t1600000\ttrue",
		},
		{
			"an error in progress ends the transfer",
			`local ok, e = pcall(client.send_file, client, "bob", "files/big.bin", { progress = function() error("enough", 0) end })
			print(ok, e)`,
			"print: false\tenough",
		},
		{
			"a download gets the sender's name, and a number when there is one",
			`local m = client:send_file("bob", { bytes = "hi", name = "../../evil.txt" })
			print(m:download("downloads/"):match("[^/]+$"), client:download_media(m, "downloads"):match("[^/]+$"), m.file:download("downloads/new/"):match("[^/]+/[^/]+$"))`,
			"print: evil.txt\tevil (1).txt\tnew/evil.txt",
		},
		{
			"a path that is a file is replaced",
			`local m = client:send_file("bob", { bytes = "second", name = "a.txt" })
			m:download("downloads/exact.txt") m:download_media("downloads/exact.txt") m:download("downloads/a/b/exact.txt")
			print(m:download(nil, { bytes = true }), #client:download_media(m, nil, { bytes = true, offset = 1, limit = 3 }))`,
			"print: second\t3",
		},
		{
			"pieces come one after another",
			`local m, n, size = client:send_file("bob", "files/big.bin"), 0, 0
			for chunk in client:iter_download(m, { chunk_size = 100000 }) do n, size = n + 1, size + #chunk end
			for chunk in client:iter_download(m, { offset = 16, chunk_size = 16, stride = 1000000 }) do n, size = n + 1, size + #chunk end
			print(n, size, #client:download_file(m, nil, { limit = 10 }))`,
			"print: 18\t1600032\t10",
		},
		{
			"a location is downloaded",
			`local d = client:send_file("bob", "files/note.txt").file.raw
			print(client:download_file({ _ = "inputDocumentFileLocation", id = d.id, access_hash = d.access_hash,
				file_reference = d.file_reference, thumb_size = "" }), client:download_file(d, nil, { offset = 1, limit = 3 }))`,
			"print: hello\tell",
		},
		{
			"media and attributes may be written as Telegram writes them",
			`print(client:send_file("bob", { _ = "inputMediaDice", emoticon = "🎲" }).dice.emoji,
				client:send_file("bob", "files/note.txt", { attributes = { { _ = "documentAttributeFilename", file_name = "other.txt" } } }).file.name)`,
			"print: 🎲\tother.txt",
		},
		{
			"thumbnails have letters and places",
			`local m = client:send_file("bob", "files/cat.jpg")
			print(table.concat(m.file.thumbs, ","), #m:download(nil, { bytes = true, thumb = 1 }) > 0,
				select(2, pcall(m.download, m, nil, { bytes = true, thumb = "z" })))`,
			"print: i,s\ttrue\tdownload file: the file has no such thumbnail: it has i, s",
		},
		{
			"who has no photo has none",
			`print(client:download_profile_photo("bob", "downloads/"))`,
			"print: nil",
		},
		{
			"a contact becomes a vCard",
			`local m = client:send_contact("bob", "+42 777 0009", "Eve", { last_name = "Oe" })
			print(m:download("downloads/"):match("[^/]+$"), m:download(nil, { bytes = true }):match("FN:[^\r]*"))`,
			"print: Eve Oe.vcf\tFN:Eve Oe",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
	if got, err := os.ReadFile(filepath.Join(root, "downloads", "exact.txt")); err != nil || string(got) != "second" {
		t.Errorf("downloaded %q, %v", got, err)
	}
}

func TestFilesRefused(t *testing.T) {
	w, root := fileWorld(t)
	for _, row := range [][3]string{
		{"a file outside of what may be read", `client:send_file("bob", "secret/key.txt")`, "PERMISSION_DENIED"},
		{"a link that leads there", `client:send_file("bob", "files/link.txt")`, "PERMISSION_DENIED"},
		{"a way out", `client:send_file("bob", "files/../secret/key.txt")`, "PERMISSION_DENIED"},
		{"also as a thumbnail", `client:send_file("bob", "files/note.txt", { thumb = "secret/key.txt" })`, "PERMISSION_DENIED"},
		{"also in an album", `client:send_file("bob", { "files/cat.jpg", "secret/key.txt" })`, "PERMISSION_DENIED"},
		{"also to upload", `client:upload_file("secret/key.txt")`, "PERMISSION_DENIED"},
		{"a file that isn't there", `client:send_file("bob", "files/none.txt")`, "FILE_NOT_FOUND"},
		{"a folder", `client:send_file("bob", "files")`, "FILE_NOT_FOUND"},
		{"nothing", `client:send_file("bob", { bytes = "" })`, "FILE_EMPTY"},
		{"what can't be both", `client:send_file("bob", "files/note.txt", { voice_note = true, force_document = true })`, "ERROR"},
		{"a table that names nothing", `client:send_file("bob", { name = "x" })`, "ARGUMENT"},
		{"a message without a file", `client:send_file("bob", client:send_message("bob", "x"))`, "ARGUMENT"},
		{"a time that is too long", `client:send_file("bob", "files/cat.jpg", { ttl = 100 })`, "ARGUMENT"},
		{"a folder outside of what may be written", `m:download("secret/")`, "PERMISSION_DENIED"},
		{"the folder of the script", `m:download()`, "PERMISSION_DENIED"},
		{"a link that leads out", `m:download("downloads/out/")`, "PERMISSION_DENIED"},
		{"a way out of it", `m:download("downloads/../secret/x")`, "PERMISSION_DENIED"},
		{"a path where bytes are wanted", `m:download("downloads/x", { bytes = true })`, "ERROR"},
		{"a message that has nothing", `client:download_media(client:send_message("bob", "x"))`, "ARGUMENT"},
		{"less than nothing", `for _ in client:iter_download(m, { offset = -1 }) do end`, "ERROR"},
	} {
		t.Run(row[0], func(t *testing.T) {
			w.run(t, `local m = client:send_file("bob", "files/note.txt")
			local ok, e = pcall(function() `+row[1]+` end)
			print(ok, e.kind or e)`, "print: false\t"+row[2])
		})
	}
	entries, err := os.ReadDir(filepath.Join(root, "secret"))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v was written, %v", entries, err)
	}
}

// TestFilesOfOthers lets Bob send something, whose reference has grown old when the script gets to it.
func TestFilesOfOthers(t *testing.T) {
	w, _ := fileWorld(t)
	sending := make(chan struct{})
	go func() { // run waits for what comes of it
		<-sending
		_, err := w.server.Person("bob").SendFile(w.ctx, "alice", sandbox.File{Name: "note.txt", Data: []byte("from Bob")}, "look", sandbox.SendOptions{})
		w.try("send a file", err)
	}()
	w.env.Logger = slog.New(&lineHandler{tell: func(line string) {
		if line == "log INFO: ready" {
			close(sending)
		}
		w.tell(line)
	}})
	w.run(t, `client:on("message", { incoming = true, chats = "bob" }, function(event)
		local text = event:download(nil, { bytes = true })
		local sent = event:reply_file({ bytes = text .. "!", name = "back.txt" }, { caption = event.file.name })
		print(text, event.file.kind, sent.file.name, sent.raw_text, sent.is_reply)
	end)
	tg.log("ready")`, `log INFO: ready
	print: from Bob	document	back.txt	note.txt	true`)
}
