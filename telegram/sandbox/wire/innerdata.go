package wire

import (
	"fmt"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
)

// innerDataTemp is p_q_inner_data_temp, which gotd's mt package lacks.
const innerDataTemp = 0x3c6a84d4

// innerData is any of the four kinds of p_q_inner_data.
type innerData struct {
	pq, p, q           []byte
	nonce, serverNonce bin.Int128
	newNonce           bin.Int256
	dc                 int // 0 in the kinds without
	temporary          bool
	expiresIn          int
}

// openInnerData decrypts what a client proves itself with: padded with RSA_PAD, or in the scheme before
// 2021 with a SHA1 in front, which Telethon up to 1.25 uses. Bytes after the data are padding.
//
// See https://core.telegram.org/mtproto/auth_key#4-encrypted-payload-generation
func openInnerData(key exchange.PrivateKey, encrypted []byte) (innerData, error) {
	data, err := crypto.DecodeRSAPad(encrypted, key.RSA)
	if err != nil {
		if data, err = crypto.RSADecryptHashed(encrypted, key.RSA); err != nil {
			return innerData{}, fmt.Errorf("decrypt inner data: %w", err)
		}
	}
	var d innerData
	if err := d.decode(&bin.Buffer{Buf: data}); err != nil {
		return innerData{}, fmt.Errorf("decode inner data: %w", err)
	}
	return d, nil
}

func (d *innerData) decode(b *bin.Buffer) error {
	kind, err := b.Uint32()
	if err != nil {
		return err
	}
	var withDC bool
	switch kind {
	case mt.PQInnerDataTypeID:
	case mt.PQInnerDataDCTypeID:
		withDC = true
	case innerDataTemp:
		d.temporary = true
	case mt.PQInnerDataTempDCTypeID:
		withDC, d.temporary = true, true
	default:
		return bin.NewUnexpectedID(kind)
	}
	for _, field := range []*[]byte{&d.pq, &d.p, &d.q} {
		if *field, err = b.Bytes(); err != nil {
			return err
		}
	}
	for _, field := range []*bin.Int128{&d.nonce, &d.serverNonce} {
		if *field, err = b.Int128(); err != nil {
			return err
		}
	}
	if d.newNonce, err = b.Int256(); err != nil {
		return err
	}
	if withDC {
		if d.dc, err = b.Int(); err != nil {
			return err
		}
	}
	if d.temporary {
		d.expiresIn, err = b.Int()
	}
	return err
}

// means says whether the client meant this data centre: test ones are counted from 10000, and those for
// media are negative. A 0 on either side means any.
func (d *innerData) means(dc int) bool {
	n := max(d.dc, -d.dc)
	return n == 0 || dc == 0 || n == dc || n == dc+10000
}
