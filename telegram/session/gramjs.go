package session

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"strings"
)

var errNotIt = errors.New("it is none, or cut")

// ParseGramJS reads the string of GramJS's StringSession: "1", then base64 of data center, the address with its length
// before it, port and auth key. Those of 353 letters are Telethon's.
func ParseGramJS(s string) (*Data, error) {
	rest, ok := strings.CutPrefix(s, "1")
	raw, err := base64.StdEncoding.DecodeString(rest)
	if !ok || err != nil || len(raw) < 3 {
		return nil, fmt.Errorf("read GramJS string: %w", errNotIt)
	}
	size := int(binary.BigEndian.Uint16(raw[1:]))
	if len(raw) != 3+size+2+authKeySize {
		return nil, fmt.Errorf("read GramJS string: %w", errNotIt)
	}
	data := &Data{DC: int(raw[0]), AuthKey: raw[5+size:]}
	data.AuthKeyID = keyID(data.AuthKey)
	if ip, err := netip.ParseAddr(string(raw[3 : 3+size])); err == nil { // browsers have names there, of Telegram's web sockets
		data.Addr = netip.AddrPortFrom(ip, binary.BigEndian.Uint16(raw[3+size:])).String()
	}
	return data, nil
}
