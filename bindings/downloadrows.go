package bindings

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// downloadFails are the errors that scripts which download will want to catch.
var downloadFails = []string{"PERMISSION_DENIED", "DISK_FULL", "FILE_TOO_LARGE", "FILE_REFERENCE_EXPIRED", "FLOOD_WAIT"}

type downloadMediaArgs struct {
	Media mediaSource     `lua:"media" doc:"What: a message or its file, media as Telegram describes them, or a file id."`
	Path  string          `lua:"path,optional,bytes" doc:"Where to: a file, which is replaced, or a folder. The folder of the script's files if not given."`
	Opts  downloadOptions `lua:"options,optional" doc:"How."`
}

// fetch downloads media.
func (s *mediaSource) fetch(c *spec.Call, account *telegram.Account, path string, o downloadOptions) (string, error) {
	if s.contact != nil {
		name, data := s.vcard()
		return fetchedBytes(name, data).to(c, path, o.whereOptions)
	}
	opts, err := o.options()
	if err != nil {
		return "", err
	}
	if s.where != nil {
		at := transfer.Location{Where: s.where}
		return fetchedLocation(account, "file", at, transfer.DownloadOptions{Offset: opts.Offset, Limit: opts.Limit}).to(c, path, o.whereOptions)
	}
	f, err := s.of(account)
	if err != nil {
		return "", err
	}
	return fetchedFile(account, f, opts).to(c, path, o.whereOptions)
}

var downloadMedia = spec.Method("download_media", "Download the file of a message. Returns the path, or the contents with bytes = true. "+
	"In a folder the file gets the name that its sender gave it, made safe, and \" (1)\" if there is one; a path that is a file is replaced. "+
	"Under the final name there is never half a file. A contact becomes a vCard.",
	func(c *spec.Call, cl *client, in downloadMediaArgs) (string, error) {
		return in.Media.fetch(c, cl.account, in.Path, in.Opts)
	},
).Example(`client:on("message", { incoming = true }, function(event)
  if event.file then
    local path = client:download_media(event, "downloads/")
    print("saved as " .. path)
  end
end)`).Raises(downloadFails...)

type downloadMessageArgs struct {
	Path string          `lua:"path,optional,bytes" doc:"Where to: a file, which is replaced, or a folder. The folder of the script's files if not given."`
	Opts downloadOptions `lua:"options,optional" doc:"How."`
}

func downloadOfMessage(name string) spec.Func {
	return spec.Method(name, "Download the message's file. Returns the path, or the contents with bytes = true: see client:download_media.",
		func(c *spec.Call, m *message, in downloadMessageArgs) (string, error) {
			var source mediaSource
			if err := source.message(m); err != nil {
				return "", err
			}
			return source.fetch(c, m.Account, in.Path, in.Opts)
		},
	).Example(`if event.photo then
  local jpeg = event:` + name + `(nil, { bytes = true })
  print(#jpeg .. " bytes")
end`).Raises(downloadFails...)
}

var (
	downloadMessage      = downloadOfMessage("download")
	downloadMessageMedia = downloadOfMessage("download_media")
)

var downloadThisFile = spec.Method("download", "Download the file. Returns the path, or the contents with bytes = true: see client:download_media.",
	func(c *spec.Call, f *file, in downloadMessageArgs) (string, error) {
		source := mediaSource{file: f.File}
		return source.fetch(c, accountOf(c), in.Path, in.Opts)
	},
).Example(`if event.file and event.file.size < 1e6 then
  event.file:download("downloads/")
end`).Raises(downloadFails...)

// storedOptions say what is known of a location, and which part of it is wanted.
type storedOptions struct {
	DC     int     `lua:"dc_id,optional" doc:"Data center that keeps it; Telegram says so itself if not given."`
	Size   spec.ID `lua:"file_size,optional" doc:"How many bytes it has, for the progress."`
	Offset spec.ID `lua:"offset,optional" doc:"First byte, counted from 0."`
	Limit  spec.ID `lua:"limit,optional" doc:"How many bytes; all that follow if not given."`
	whereOptions
}

type downloadFileArgs struct {
	Location mediaSource   `lua:"location" doc:"Where it is: an InputFileLocation of client.api, or anything that download_media takes."`
	Path     string        `lua:"path,optional,bytes" doc:"Where to; the contents are returned if not given."`
	Opts     storedOptions `lua:"options,optional" doc:"What is known of it."`
}

var downloadFile = spec.Method("download_file", "Download what Telegram keeps at a location. Returns the path, or the contents if no path is given.",
	func(c *spec.Call, cl *client, in downloadFileArgs) (string, error) {
		o := in.Opts
		if o.Offset < 0 || o.Limit < 0 || o.Size < 0 {
			return "", errors.New("offset, limit and file_size can't be negative")
		}
		o.Bytes = o.Bytes || in.Path == ""
		if in.Location.where == nil {
			return in.Location.fetch(c, cl.account, in.Path, downloadOptions{Offset: o.Offset, Limit: o.Limit, whereOptions: o.whereOptions})
		}
		at := transfer.Location{DC: o.DC, Where: in.Location.where, Size: int64(o.Size)}
		return fetchedLocation(cl.account, "file", at, transfer.DownloadOptions{Offset: int64(o.Offset), Limit: int64(o.Limit)}).to(c, in.Path, o.whereOptions)
	},
).Example(`local head = client:download_file(event.file, nil, { limit = 1024 })`).Raises(downloadFails...)

type downloadPhotoArgs struct {
	Who  target       `lua:"who" doc:"Whose: a user, group or channel."`
	Path string       `lua:"path,optional,bytes" doc:"Where to: a file, which is replaced, or a folder. The folder of the script's files if not given."`
	Opts photoOptions `lua:"options,optional" doc:"How."`
}

// photoOptions say which photo is downloaded.
type photoOptions struct {
	Big *bool `lua:"download_big,optional" doc:"The great picture, not the one for lists; true if not given."`
	whereOptions
}

var downloadProfilePhoto = spec.Method("download_profile_photo", "Download the present photo of a user, group or channel. Returns the path, or the contents with bytes = true; nil if there is none.",
	func(c *spec.Call, cl *client, in downloadPhotoArgs) (any, error) {
		small := in.Opts.Big != nil && !*in.Opts.Big
		at, id, err := cl.account.ProfilePhoto(c, in.Who.Target, small)
		if errors.Is(err, telegram.ErrNoPhoto) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("profile_%s.jpg", strconv.FormatInt(id, 10))
		return fetchedLocation(cl.account, name, at, transfer.DownloadOptions{}).to(c, in.Path, in.Opts.whereOptions)
	},
).Result("string?").Example(`local path = client:download_profile_photo("@telegram", "downloads/")`).Raises(downloadFails...)

// chunkOptions say in what pieces a file is read.
type chunkOptions struct {
	Offset  spec.ID `lua:"offset,optional" doc:"First byte, counted from 0."`
	Stride  spec.ID `lua:"stride,optional" doc:"From the begin of one piece to that of the next; chunk_size if not given."`
	Limit   int     `lua:"limit,optional" doc:"How many pieces; all if not given."`
	Chunk   int     `lua:"chunk_size,optional" doc:"Bytes of a piece; 512 KiB if not given."`
	Request int     `lua:"request_size,optional" doc:"Bytes that are asked for at once; 512 KiB if not given."`
	Thumb   thumb   `lua:"thumb,optional" doc:"A smaller picture instead of the file."`
}

type iterDownloadArgs struct {
	Media mediaSource  `lua:"media" doc:"What: a message or its file, media as Telegram describes them, a location or a file id."`
	Opts  chunkOptions `lua:"options,optional" doc:"Which part, and in what pieces."`
}

var iterDownload = spec.Iterator("iter_download", "Download a file piece by piece, without holding all of it: a loop gets one string after another.",
	func(_ *spec.Call, cl *client, in iterDownloadArgs) (spec.Cursor[[]byte], error) {
		o := in.Opts
		if o.Offset < 0 || o.Stride < 0 || o.Limit < 0 || o.Chunk < 0 || o.Chunk > mostBytes || o.Request < 0 {
			return nil, errors.New("offset, stride, limit, chunk_size and request_size can't be negative, nor a piece larger than 64 MiB")
		}
		opts := telegram.ChunkOptions{
			DownloadOptions: telegram.DownloadOptions{Offset: int64(o.Offset), Request: o.Request, Thumb: o.Thumb.kind, ThumbPlace: o.Thumb.place},
			Size:            o.Chunk, Stride: int64(o.Stride), Count: o.Limit,
		}
		if in.Media.where != nil {
			return cl.account.ChunksAt(transfer.Location{Where: in.Media.where}, opts), nil
		}
		f, err := in.Media.of(cl.account)
		if err != nil {
			return nil, err
		}
		return cl.account.Chunks(f, opts), nil
	},
).Example(`local total = 0
for chunk in client:iter_download(event.file, { offset = 1048576, chunk_size = 65536 }) do
  total = total + #chunk
end`).Raises("FILE_REFERENCE_EXPIRED", "FLOOD_WAIT")
