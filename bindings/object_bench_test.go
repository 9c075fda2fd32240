package bindings

import (
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/schema"
)

// BenchmarkObjectField reads a field of one of Telegram's own objects: as an update brings it, and as a call by
// name is answered.
func BenchmarkObjectField(b *testing.B) {
	m := &tg.Message{ID: 3, PeerID: &tg.PeerUser{UserID: 4}, Message: "hello", Views: 5, Date: 6}
	m.SetFlags()
	decoded, err := schema.Of(m)
	if err != nil {
		b.Fatal(err)
	}
	for name, o := range map[string]*object{"typed": objectOf(m), "decoded": {raw: decoded}} {
		for _, field := range []string{"id", "message", "peer_id", "views"} {
			b.Run(name+"/"+field, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if v, known := o.get(field); v == nil || !known {
						b.Fatal("it is gone")
					}
				}
			})
		}
	}
}
