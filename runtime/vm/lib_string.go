package vm

import (
	"strings"
)

// maxString is the longest string that a library function builds.
const maxString = 64 << 20

var stringFunctions = map[string]GoFunction{
	"byte":    stringByte,
	"char":    stringChar,
	"find":    stringFind,
	"format":  stringFormat,
	"gmatch":  stringGmatch,
	"gsub":    stringGsub,
	"len":     stringLen,
	"lower":   func(L *State) int { return pushString(L, mapCase(argString(L, 1), 'A', 'Z')) },
	"match":   stringMatch,
	"rep":     stringRep,
	"reverse": stringReverse,
	"sub":     stringSub,
	"upper":   func(L *State) int { return pushString(L, mapCase(argString(L, 1), 'a', 'z')) },
}

func pushString(L *State, s string) int {
	if len(s) > maxString {
		raise(L, "resulting string too large")
	}
	L.Push(String(s))
	return 1
}

func pushNumber(L *State, x float64) int {
	L.Push(Number(x))
	return 1
}

// span turns Lua's inclusive positions, negative ones counted from the end, into a Go range.
func span(i, j, n int) (from, to int) {
	if i < 0 {
		i = max(i+n+1, 1)
	} else if i == 0 {
		i = 1
	}
	if j < 0 {
		j = j + n + 1
	}
	j = min(j, n)
	if i > j {
		return 0, 0
	}
	return i - 1, j
}

func stringLen(L *State) int { return pushNumber(L, float64(len(argString(L, 1)))) }

func stringSub(L *State) int {
	s := argString(L, 1)
	from, to := span(argInt(L, 2), optInt(L, 3, -1), len(s))
	return pushString(L, part(s[from:to], len(s)))
}

// part makes a piece of a string of its own if it would keep much more than itself from being freed.
func part(piece string, whole int) string {
	if whole > 4096 && len(piece) < whole/2 {
		return strings.Clone(piece)
	}
	return piece
}

func stringByte(L *State) int {
	s := argString(L, 1)
	i := optInt(L, 2, 1)
	from, to := span(i, optInt(L, 3, i), len(s))
	if to-from > maxResults {
		raise(L, "string slice too long")
	}
	for _, c := range []byte(s[from:to]) {
		L.Push(Number(c))
	}
	return to - from
}

func stringChar(L *State) int {
	out := make([]byte, L.GetTop())
	for i := range out {
		c := argInt(L, i+1)
		if c < 0 || c > 255 {
			ArgumentError(L, i+1, "invalid value")
		}
		out[i] = byte(c)
	}
	return pushString(L, string(out))
}

func stringReverse(L *State) int {
	s := argString(L, 1)
	out := make([]byte, len(s))
	for i := range out {
		out[i] = s[len(s)-1-i]
	}
	return pushString(L, string(out))
}

func stringRep(L *State) int {
	s, n, sep := argString(L, 1), argInt(L, 2), optString(L, 3, "")
	if n <= 0 {
		return pushString(L, "")
	}
	if float64(len(s)+len(sep))*float64(n) > maxString {
		raise(L, "resulting string too large")
	}
	if sep == "" {
		return pushString(L, strings.Repeat(s, n))
	}
	return pushString(L, strings.Repeat(s+sep, n-1)+s)
}

// mapCase flips the case of the ASCII letters from lo to hi.
func mapCase(s string, lo, hi byte) string {
	i := 0
	for ; i < len(s) && (s[i] < lo || s[i] > hi); i++ {
	}
	if i == len(s) {
		return s
	}
	b := []byte(s)
	for ; i < len(b); i++ {
		if b[i] >= lo && b[i] <= hi {
			b[i] ^= 0x20
		}
	}
	return string(b)
}
