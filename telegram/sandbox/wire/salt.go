package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/gotd/td/mt"
)

// saltPeriod is how often the salt of a key changes, in seconds. The one before is taken too, so each
// lives twice as long.
//
// See https://core.telegram.org/mtproto/description#server-salt
const saltPeriod = 1800

// saltAt is the salt of a key for a period. It follows from the key, so that it needs no memory and is
// the same after a restart.
func (k *authKey) saltAt(period int64) int64 {
	mac := hmac.New(sha256.New, k.value[:])
	mac.Write(binary.LittleEndian.AppendUint64([]byte("salt"), uint64(period)))
	return int64(binary.LittleEndian.Uint64(mac.Sum(nil)))
}

// currentSalt is what the client is to use now.
func (k *authKey) currentSalt(now time.Time) int64 {
	if k.until.Load() > now.Unix()+saltPeriod {
		return k.salt.Load()
	}
	return k.saltAt(now.Unix() / saltPeriod)
}

func (k *authKey) acceptsSalt(salt int64, now time.Time) bool {
	if salt == k.salt.Load() && now.Unix() < k.until.Load() {
		return true
	}
	period := now.Unix() / saltPeriod
	if salt == k.saltAt(period) {
		k.remember(salt, (period+2)*saltPeriod)
		return true
	}
	if salt == k.saltAt(period-1) {
		k.remember(salt, (period+1)*saltPeriod)
		return true
	}
	return false
}

// remember spares the next messages the computation. Two goroutines may mix their values here: then a
// salt of this very key is taken for a period longer.
func (k *authKey) remember(salt, until int64) {
	k.salt.Store(salt)
	k.until.Store(until)
}

// futureSalts lists the salts of now and of the periods to come.
func (k *authKey) futureSalts(now time.Time, reqMsgID int64, n int) *mt.FutureSalts {
	res := &mt.FutureSalts{ReqMsgID: reqMsgID, Now: int(now.Unix())}
	period := now.Unix() / saltPeriod
	for i := range int64(min(max(n, 1), 64)) {
		res.Salts = append(res.Salts, mt.FutureSalt{
			ValidSince: int((period + i) * saltPeriod),
			ValidUntil: int((period + i + 2) * saltPeriod),
			Salt:       k.saltAt(period + i),
		})
	}
	return res
}
