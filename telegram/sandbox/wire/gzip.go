package wire

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
)

// zipFrom is the length from which answers are worth zipping.
const zipFrom = 4 << 10

// unzip unpacks a gzip_packed, and leaves anything else as it is. What it yields is taken from budget:
// a bomb ends the connection.
//
// See https://core.telegram.org/mtproto/service_messages#packed-object
func unzip(body []byte, budget *int) ([]byte, error) {
	if typeOf(body) != proto.GZIPTypeID {
		return body, nil
	}
	b := &bin.Buffer{Buf: body[4:]}
	packed, err := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("unzip: %w", err)
	}
	r, err := inflate(packed)
	if err != nil {
		return nil, fmt.Errorf("unzip: %w", err)
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(*budget)+1))
	if err != nil {
		return nil, fmt.Errorf("unzip: %w", err)
	}
	if *budget -= len(out); *budget < 0 {
		return nil, fmt.Errorf("unzip: %w: over %d bytes", errFrame, maxUnzipped)
	}
	return out, nil
}

// inflate reads gzip, and the zlib format, which mtcute sends under the same name.
func inflate(packed []byte) (io.Reader, error) {
	if len(packed) > 0 && packed[0]&0x0f == 8 { // RFC 1950: the method is deflate; gzip begins with 0x1f
		return zlib.NewReader(bytes.NewReader(packed))
	}
	return gzip.NewReader(bytes.NewReader(packed))
}

// zip packs the answer that b holds from start on, if that makes it shorter. Parts of files hardly
// ever get shorter.
func zip(b *bin.Buffer, start int) error {
	result := b.Buf[start:]
	if kind := typeOf(result); len(result) < zipFrom || kind == tg.UploadFileTypeID || kind == tg.UploadWebFileTypeID {
		return nil
	}
	var packed bin.Buffer
	if err := (proto.GZIP{Data: result}).Encode(&packed); err != nil {
		return fmt.Errorf("zip answer: %w", err)
	}
	if len(packed.Buf) < len(result)/10*9 {
		b.Buf = append(b.Buf[:start], packed.Buf...)
	}
	return nil
}
