package wire

import (
	"github.com/gotd/td/bin"
)

// Request is one API query, freed of its wrappers.
type Request struct {
	// Session it came in.
	Session *Session
	// AuthKeyID is the permanent key that the query counts for. Zero for a temporary key that isn't
	// bound yet: such a client must get 401 AUTH_KEY_PERM_EMPTY for what needs an authorization.
	AuthKeyID int64
	// MsgID is the id that the client gave to its message.
	MsgID int64
	// MethodID is the constructor id at the start of Body.
	MethodID uint32
	// Body is the query. It belongs to the handler.
	Body *bin.Buffer
	// Layer is what the client said last with invokeWithLayer, 0 if it never did.
	Layer int
	// Init is what the client said last with initConnection, nil if it never did.
	Init *Init
	// NoUpdates is true if this query came in invokeWithoutUpdates.
	NoUpdates bool
	// TakeoutID of invokeWithTakeout, or 0.
	TakeoutID int64
	// MinID and MaxID of invokeWithMessagesRange, or 0.
	MinID, MaxID int
	// BusinessConnectionID of invokeWithBusinessConnection, or "".
	BusinessConnectionID string

	after []int64 // invokeAfterMsg(s): what must have been answered before
	task  *task
}

// Init is what a client tells about itself with initConnection.
type Init struct {
	APIID                                                                      int
	DeviceModel, SystemVersion, AppVersion, SystemLangCode, LangPack, LangCode string
}

// Raw is an answer or update that is encoded already.
type Raw []byte

// Encode appends the bytes as they are.
func (r Raw) Encode(b *bin.Buffer) error {
	b.Put(r)
	return nil
}
