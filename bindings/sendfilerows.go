package bindings

import (
	"errors"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// sendingFails are the errors that scripts which send files will want to catch.
var sendingFails = []string{
	"PERMISSION_DENIED", "FILE_NOT_FOUND", "FILE_CHANGED", "FILE_TOO_LARGE", "FILE_EMPTY", "PEER_UNKNOWN", "FLOOD_WAIT", "CHAT_WRITE_FORBIDDEN",
}

type sendFileArgs struct {
	Chat target          `lua:"chat" doc:"Where to."`
	File fileList        `lua:"file" doc:"What: a file, or a list of them, which goes as albums of up to ten."`
	Opts sendFileOptions `lua:"options,optional" doc:"How."`
}

var sendFile = spec.Method("send_file", "Send a file, or an album. Returns the message; of an album the list of them. "+
	"A picture is sent as a photo, an MP4 as a video and so on; a picture that Telegram takes for no photo goes as a file.",
	func(c *spec.Call, cl *client, in sendFileArgs) (any, error) {
		return sendFiles(c, cl.account, in.Chat.Target, in.File, in.Opts.fileOptions, in.Opts.formatOptions, in.Opts.send())
	},
).InOrder().Result("Message").Example(`client:send_file("me", "files/cat.jpg", { caption = "My **cat**" })
client:send_file("me", { "files/a.jpg", "files/b.jpg" }, { caption = { "First", "Second" } })
client:send_file("me", { bytes = "a,b\n1,2\n", name = "table.csv" })
client:send_file("@friend", "files/hello.ogg", { voice_note = true })
client:send_file("me", "files/film.mp4", { progress = function(done, total) print(done, total) end })`).Raises(sendingFails...)

type answerFileArgs struct {
	File fileList        `lua:"file" doc:"What: a file, or a list of them."`
	Opts sendFileOptions `lua:"options,optional" doc:"How."`
}

// sendHere sends files to the message's chat.
func (m *message) sendHere(c *spec.Call, in answerFileArgs, replyTo int) (any, error) {
	opts := in.Opts.send()
	if opts.ReplyTo == 0 {
		opts.ReplyTo = replyTo
	}
	return sendFiles(c, m.Account, m.Chat, in.File, in.Opts.fileOptions, in.Opts.formatOptions, opts)
}

var replyFile = spec.Method("reply_file", "Answer with a file in the same chat, quoting this message.",
	func(c *spec.Call, m *message, in answerFileArgs) (any, error) { return m.sendHere(c, in, m.ID) },
).InOrder().Result("Message").Example(`event:reply_file("files/help.pdf", { caption = "Here you are." })`).Raises(sendingFails...)

var respondFile = spec.Method("respond_file", "Answer with a file in the same chat, without quoting.",
	func(c *spec.Call, m *message, in answerFileArgs) (any, error) { return m.sendHere(c, in, 0) },
).InOrder().Result("Message").Example(`event:respond_file({ bytes = event.raw_text, name = "you-said.txt" })`).Raises(sendingFails...)

// uploadOptions say how a file is uploaded.
type uploadOptions struct {
	FileName words         `lua:"file_name,optional" doc:"Its name for others; that of the file if not given."`
	Progress spec.Callback `lua:"progress,optional" doc:"Called on the way with the bytes that are through, and all of them." type:"fun(done: integer, total: integer)"`
}

type uploadArgs struct {
	File fileSource    `lua:"file" doc:"What: a path, or { bytes = ..., name = ... }."`
	Opts uploadOptions `lua:"options,optional" doc:"How."`
}

var uploadFile = spec.Method("upload_file", "Upload a file without sending it. What comes back can be sent for some hours, by send_file or in calls of client.api.",
	func(c *spec.Call, cl *client, in uploadArgs) (*object, error) {
		at, done, err := in.File.attach(c)
		if err == nil && at.Source == nil {
			err = errors.New("only what is here can be uploaded: a path or bytes are needed")
		}
		if err != nil {
			return nil, errors.Join(err, done())
		}
		if in.Opts.FileName != "" {
			at.Name = string(in.Opts.FileName)
		}
		var uploaded tg.InputFileClass
		ctx, report, finish := in.Opts.Progress.Progress(c)
		report, over := envOf(c).showProgress("upload", []fileSource{in.File}, report)
		uploaded, err = cl.account.Upload(ctx, at.Source, telegram.UploadOptions{Name: at.Name, Progress: report})
		over()
		if err := finish(errors.Join(err, done())); err != nil {
			return nil, err
		}
		return objectOf(uploaded), nil
	},
).Example(`local file = client:upload_file("files/cat.jpg")
client:send_file("me", file, { caption = "once" })
client:send_file("@friend", file, { caption = "twice" })`).Raises("PERMISSION_DENIED", "FILE_NOT_FOUND", "FILE_CHANGED")
