package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// filesArea: Files: up, down, and what is known of them.
var filesArea = area{
	title:   "Files",
	classes: []spec.Class{fileClass},
	aliases: []spec.Alias{
		{Name: "FileSource", Type: "string|File|Message|Object|{ path?: string, bytes?: string, url?: string, file_id?: string, name?: string }",
			Doc: "A file to send: a path, an address that Telegram fetches (\"https://...\"), a file id of the Bot API, a file or message that was met, " +
				"what client:upload_file returned, or a table: { bytes = \"...\", name = \"a.txt\" }."},
		{Name: "MediaSource", Type: "Message|File|Object|string|table", Doc: "What is downloaded: a message or its file, media or a location as " +
			"Telegram describes it, or a file id of the Bot API."},
	},
	fields: map[string][]spec.Field{"Message": fileFields},
	methods: map[string][]spec.Func{
		"Client":  {sendFile, uploadFile, downloadMedia, downloadFile, iterDownload, downloadProfilePhoto},
		"Message": {downloadMessage, downloadMessageMedia, replyFile, respondFile},
	},
}
