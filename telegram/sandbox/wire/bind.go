package wire

import (
	"context"
	"crypto/aes"
	"errors"

	"github.com/gotd/ige"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// builtins are the API queries that only this floor can answer.
var builtins = map[uint32]HandlerFunc{
	tg.AuthBindTempAuthKeyRequestTypeID: bindTempAuthKey,
}

// bindTempAuthKey ties a temporary key to the permanent one that the client proves to have.
//
// See https://core.telegram.org/method/auth.bindTempAuthKey
func bindTempAuthKey(_ context.Context, r *Request) (bin.Encoder, error) {
	var req tg.AuthBindTempAuthKeyRequest
	if err := req.Decode(r.Body); err != nil {
		return nil, tgerr.New(400, "INPUT_FETCH_ERROR")
	}
	s := r.Session
	if !s.key.temporary() {
		return nil, tgerr.New(400, "TEMP_AUTH_KEY_EMPTY")
	}
	if bound := s.key.perm.Load(); bound != nil && bound.id != req.PermAuthKeyID {
		return nil, tgerr.New(400, "TEMP_AUTH_KEY_ALREADY_BOUND")
	}
	keys := s.server.opts.AuthKeys
	perm := keys.find(req.PermAuthKeyID)
	if perm == nil || perm.temporary() {
		return nil, tgerr.New(400, "ENCRYPTED_MESSAGE_INVALID")
	}
	msgID, inner, err := openBinding(perm, req.EncryptedMessage)
	switch {
	case err != nil || msgID != r.MsgID || inner.Nonce != req.Nonce ||
		inner.TempAuthKeyID != s.key.id || inner.PermAuthKeyID != perm.id || inner.TempSessionID != s.id:
		return nil, tgerr.New(400, "ENCRYPTED_MESSAGE_INVALID")
	case inner.ExpiresAt != req.ExpiresAt || int64(req.ExpiresAt) <= s.server.opts.Clock.Now().Unix():
		return nil, tgerr.New(400, "EXPIRES_AT_INVALID")
	}
	if err := keys.bind(s.key, perm.id); err != nil {
		return nil, err
	}
	s.server.relist(s.key)
	return &tg.BoolTrue{}, nil
}

// openBinding decrypts the special binding message, which is in MTProto 1.0.
//
// See https://core.telegram.org/api/pfs#special-binding-message
func openBinding(perm *authKey, sealed []byte) (msgID int64, inner crypto.BindAuthKeyInner, err error) {
	var m crypto.EncryptedMessage
	if err := m.DecodeWithoutCopy(&bin.Buffer{Buf: sealed}); err != nil {
		return 0, inner, err
	}
	if m.AuthKeyID != perm.value.ID() || len(m.EncryptedData)%aes.BlockSize != 0 {
		return 0, inner, errSeal
	}
	key, iv := crypto.KeysV1(perm.value, m.MsgKey)
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return 0, inner, err
	}
	plain := make([]byte, len(m.EncryptedData))
	ige.DecryptBlocks(block, iv[:], plain, m.EncryptedData)

	const head = 16 + 8 + 4 + 4 // random, msg_id, seq_no, length
	b := &bin.Buffer{Buf: plain}
	if b.Len() < head {
		return 0, inner, errSeal
	}
	b.Skip(16)
	msgID, err = b.Long()
	_, err2 := b.Int()
	n, err3 := b.Int()
	if err := errors.Join(err, err2, err3); err != nil {
		return 0, inner, err
	}
	if n < 0 || n > b.Len() || crypto.MessageKeyV1(plain[:head+n]) != m.MsgKey {
		return 0, inner, errSeal
	}
	err = inner.Decode(b)
	return msgID, inner, err
}

// relist puts the sessions of a temporary key where its permanent key's are.
func (s *Server) relist(key *authKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.sessions {
		if session.key == key {
			s.unlist(session, 0)
			s.unlist(session, key.root())
			s.byRoot[key.root()] = append(s.byRoot[key.root()], session)
		}
	}
}

func (s *Server) find(key *authKey, session int64) *Session {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.sessions[sessionKey{auth: key.id, session: session}]
}
