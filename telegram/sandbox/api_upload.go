package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func uploadMethods(t table) {
	on(t, abroad|unlocked, (*call).saveFilePart)
	on(t, abroad|unlocked, (*call).saveBigFilePart)
	on(t, abroad|unlocked, (*call).getFile)
	on(t, abroad|unlocked, (*call).getFileHashes)
}

// saveFilePart: https://core.telegram.org/method/upload.saveFilePart
func (c *call) saveFilePart(in *tg.UploadSaveFilePartRequest) (bin.Encoder, error) {
	if err := c.blobs.add(uploadKey{c.me.id, in.FileID}, in.FilePart, 0, in.Bytes); err != nil {
		return nil, err
	}
	return yes()
}

// saveBigFilePart: https://core.telegram.org/method/upload.saveBigFilePart
func (c *call) saveBigFilePart(in *tg.UploadSaveBigFilePartRequest) (bin.Encoder, error) {
	total := in.FileTotalParts
	switch total {
	case 0:
		return nil, bad("FILE_PARTS_INVALID")
	case -1: // a stream, whose length isn't known yet
		total = 0
	}
	if err := c.blobs.add(uploadKey{c.me.id, in.FileID}, in.FilePart, total, in.Bytes); err != nil {
		return nil, err
	}
	return yes()
}
