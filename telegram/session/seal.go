package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/armor"
)

const (
	sealHeader = armor.Header
	// sealWork is the scrypt work factor as a power of two: about a second on a machine of today. Files that
	// ask for more are refused, for they would make a reader work for hours.
	sealWork    = 18
	sealMaxWork = 22
)

// Seal encrypts a session with a passphrase, as an armored age file (https://age-encryption.org/v1): age -d
// opens it, too.
func Seal(d *Data, passphrase string) ([]byte, error) { return seal(d, passphrase, sealWork) }

func seal(d *Data, passphrase string, work int) ([]byte, error) {
	if passphrase == "" {
		return nil, errors.New("seal session: the passphrase is empty")
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("seal session: %w", err)
	}
	recipient.SetWorkFactor(work)
	plain, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("seal session: %w", err)
	}
	var sealed bytes.Buffer
	outer := armor.NewWriter(&sealed)
	inner, err := age.Encrypt(outer, recipient)
	if err != nil {
		return nil, fmt.Errorf("seal session: %w", err)
	}
	if _, err := inner.Write(plain); err != nil {
		return nil, fmt.Errorf("seal session: %w", err)
	}
	if err := errors.Join(inner.Close(), outer.Close()); err != nil {
		return nil, fmt.Errorf("seal session: %w", err)
	}
	return sealed.Bytes(), nil
}

// Unseal is the reverse of Seal. A wrong passphrase is ErrPassphrase.
func Unseal(sealed []byte, passphrase string) (*Data, error) {
	if passphrase == "" {
		return nil, fmt.Errorf("unseal session: %w", ErrPassphrase)
	}
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fmt.Errorf("unseal session: %w", err)
	}
	identity.SetMaxWorkFactor(sealMaxWork)
	reader, err := age.Decrypt(armor.NewReader(bytes.NewReader(sealed)), identity)
	if err != nil {
		if none := (*age.NoIdentityMatchError)(nil); errors.As(err, &none) {
			return nil, fmt.Errorf("unseal session: %w", ErrPassphrase)
		}
		return nil, fmt.Errorf("unseal session: %w", err)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		return nil, fmt.Errorf("unseal session: %w", err)
	}
	var d Data
	if err := json.Unmarshal(plain, &d); err != nil || len(d.AuthKey) != authKeySize {
		return nil, fmt.Errorf("unseal session: %w", ErrNoSession)
	}
	return &d, nil
}
