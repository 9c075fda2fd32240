package session

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/netip"

	"github.com/alicebob/sqlittle"
	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
)

// authKeySize is the bytes of an auth key, https://core.telegram.org/mtproto/auth_key.
const authKeySize = 256

// ParseTelethon reads the string of Telethon's StringSession: "1", then base64 of data center, address, port
// and auth key.
func ParseTelethon(s string) (*Data, error) {
	data, err := session.TelethonSession(s)
	if err != nil {
		return nil, fmt.Errorf("read Telethon string: %w", err)
	}
	return data, nil
}

// TelethonString is what Telethon's StringSession reads.
func TelethonString(d *Data) (string, error) {
	if len(d.AuthKey) != authKeySize {
		return "", fmt.Errorf("write Telethon string: %w", ErrNoSession)
	}
	address, err := addressOf(d)
	if err != nil {
		return "", fmt.Errorf("write Telethon string: %w", err)
	}
	raw := append([]byte{byte(d.DC)}, address.Addr().AsSlice()...)
	raw = binary.BigEndian.AppendUint16(raw, address.Port())
	raw = append(raw, d.AuthKey...)
	return "1" + base64.URLEncoding.EncodeToString(raw), nil
}

// addressOf is where the session's data center answers: as the session says, or from Telegram's own list.
func addressOf(d *Data) (netip.AddrPort, error) {
	if address, err := netip.ParseAddrPort(d.Addr); err == nil {
		return address, nil
	}
	if ip, err := netip.ParseAddr(d.Addr); err == nil {
		return netip.AddrPortFrom(ip, 443), nil
	}
	for _, list := range [][]tg.DCOption{d.Config.DCOptions, dcs.Prod().Options} {
		for _, o := range list {
			if o.ID != d.DC || o.Ipv6 || o.MediaOnly || o.CDN || o.TCPObfuscatedOnly {
				continue
			}
			if ip, err := netip.ParseAddr(o.IPAddress); err == nil {
				return netip.AddrPortFrom(ip, uint16(o.Port)), nil
			}
		}
	}
	return netip.AddrPort{}, fmt.Errorf("no address is known for data center %d", d.DC)
}

// ReadTelethonFile reads the auth key out of Telethon's NAME.session, an SQLite file.
func ReadTelethonFile(path string) (*Data, error) {
	return readSQLite(path, "Telethon", func(row sqlittle.Row) (*Data, error) {
		var (
			dc, port int
			address  string
			key      []byte
		)
		if err := row.Scan(&dc, &address, &port, &key); err != nil {
			return nil, err
		}
		data := &Data{DC: dc, AuthKey: key}
		if ip, err := netip.ParseAddr(address); err == nil {
			data.Addr = netip.AddrPortFrom(ip, uint16(port)).String()
		}
		return data, nil
	}, "dc_id", "server_address", "port", "auth_key")
}

// keyID is the lower 64 bits of the key's SHA-1, https://core.telegram.org/mtproto/description#terminology.
func keyID(key []byte) []byte {
	sum := sha1.Sum(key)
	return sum[12:20]
}
