package wire

import (
"github.com/gotd/td/tg"
"github.com/gotd/td/tgerr"
"context"
"github.com/gotd/td/bin"
	"crypto/x509"
	"encoding/pem"
	"os"
	"testing"
)

func TestManual(t *testing.T) {
	var s *Server
	var address string
	s, address = start(t, Options{Handler: HandlerFunc(func(ctx context.Context, r *Request) (bin.Encoder, error) {
		if r.MethodID == 0xc4f9186b {
			b, err := os.ReadFile("/tmp/wiretl/config.bin")
			return Raw(b), err
		}
		if r.MethodID != tg.HelpGetDeepLinkInfoRequestTypeID {
			return nil, tgerr.New(401, "AUTH_KEY_UNREGISTERED")
		}
		return echo(ctx, r)
	})})
	_ = s
	b := pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(&testKey().PublicKey)})
	os.WriteFile("/tmp/wiretl/key.pem", b, 0o600)
	os.WriteFile("/tmp/wiretl/addr", []byte(address), 0o600)
	for {
		if _, err := os.Stat("/tmp/wiretl/stop"); err == nil {
			return
		}
		pause(t.Context(), 100e6)
	}
}
