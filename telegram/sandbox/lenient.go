package sandbox

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// alike are the peers that Telegram takes where it asks for a user or a channel: they carry the
// same fields under another name. Clients of Pyrogram's family send them.
var alike = map[uint32]uint32{
	tg.InputPeerSelfTypeID:               tg.InputUserSelfTypeID,
	tg.InputPeerUserTypeID:               tg.InputUserTypeID,
	tg.InputPeerUserFromMessageTypeID:    tg.InputUserFromMessageTypeID,
	tg.InputPeerChannelTypeID:            tg.InputChannelTypeID,
	tg.InputPeerChannelFromMessageTypeID: tg.InputChannelFromMessageTypeID,
}

// maxAlike bounds how many of them one call may name.
const maxAlike = 200

// decodeAlike reads arguments that may have peers in the places of users and channels.
func decodeAlike(b *bin.Buffer, in bin.Decoder) error {
	raw := b.Buf
	for n := 0; ; n++ {
		err := in.Decode(b)
		var unexpected *bin.UnexpectedIDErr
		if err == nil || !errors.As(err, &unexpected) || n == maxAlike || len(b.Buf) < bin.Word {
			return err
		}
		other, known := alike[unexpected.ID]
		at := len(raw) - len(b.Buf) // gotd leaves the buffer where the id stands
		if !known || binary.LittleEndian.Uint32(raw[at:]) != unexpected.ID {
			return err
		}
		if n == 0 {
			raw = slices.Clone(raw)
		}
		binary.LittleEndian.PutUint32(raw[at:], other)
		b.Buf = raw
	}
}
