package sandbox

import "testing"

func TestFingerprintsHaveAllTheirDigits(t *testing.T) {
	shared, err := parseKey(sharedKey)
	if err != nil {
		t.Fatal(err)
	}
	if !hasLeadingDigit(shared) {
		t.Error("the shared key's fingerprint begins with a zero")
	}
	text, err := makeKey()
	if err != nil {
		t.Fatal(err)
	}
	made, err := parseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	if !hasLeadingDigit(made) {
		t.Error("a new key's fingerprint begins with a zero")
	}
}
