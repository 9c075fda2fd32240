package transfer

import (
	"errors"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// errRedirect says that Telegram keeps the file at a content delivery network. It sends there only those who say
// that they can go, which we don't: https://core.telegram.org/cdn
var errRedirect = errors.New("the file is kept at a content delivery network only")

// answer is what upload.getFile gives. It takes the bytes without copying them: the buffer of an answer is its own.
type answer struct {
	kind  uint32 // type of the file, as a constructor of storage.FileType
	bytes []byte
}

// Decode reads upload.file: https://core.telegram.org/constructor/upload.file
func (a *answer) Decode(b *bin.Buffer) error {
	id, err := b.ID()
	switch {
	case err != nil:
		return err
	case id == tg.UploadFileCDNRedirectTypeID:
		return errRedirect
	case id != tg.UploadFileTypeID:
		return bin.NewUnexpectedID(id)
	}
	if a.kind, err = b.ID(); err != nil {
		return err
	}
	if _, err := b.Int(); err != nil { // when it was changed
		return err
	}
	a.bytes, err = take(b)
	return err
}

// take reads bytes as TL writes them, without a copy. See https://core.telegram.org/mtproto/serialize#base-types
func take(b *bin.Buffer) ([]byte, error) {
	const long = 254
	buf, head := b.Buf, 1
	if len(buf) < 4 {
		return nil, errors.New("answer ends within a string")
	}
	n := int(buf[0])
	if buf[0] == long {
		n, head = int(buf[1])|int(buf[2])<<8|int(buf[3])<<16, 4
	}
	if len(buf) < head+n {
		return nil, errors.New("answer ends within a string")
	}
	b.Skip(min(len(buf), (head+n+3)/4*4))
	return buf[head : head+n : head+n], nil
}

var _ bin.Decoder = (*answer)(nil)
