package inbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestBundleIsWholeOrNot(t *testing.T) {
	one, two := record{key: key{keyMessage, 5, 6}, party: 7}, record{key: key{keyOnce, 0, 1}, body: []byte("x")}
	data := bundled([]record{one, two}).append(one.append(nil))
	for cut := range data {
		if n := len(parseRecords(data[:cut])); n > 1 {
			t.Fatalf("%d of %d bytes give %d records", cut, len(data), n)
		}
	}
	if got := parseRecords(data); len(got) != 3 || got[1].key != one.key || string(got[2].body) != "x" {
		t.Errorf("read %v", got)
	}
	if alone := bundled([]record{one}); alone.key != one.key {
		t.Error("one record makes a bundle")
	}
}

func FuzzJournal(f *testing.F) {
	f.Add(record{key: key{keyMessage, 5, 6}, party: 7}.append(record{key: key{keyOnce, 0, 1}, body: []byte("x")}.append(nil)))
	f.Add([]byte{255, 255, 255, 255, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		records := wholeRecords(data)
		_ = parseRecords(data)
		var again []byte
		for _, r := range records {
			again = r.append(again)
		}
		if len(again) > len(data) || string(again) != string(data[:len(again)]) {
			t.Errorf("%x became %x", data, again)
		}
	})
}

func FuzzOpenValue(f *testing.F) {
	body, err := encode(&tg.UpdateUserTyping{UserID: 1, Action: &tg.SendMessageTypingAction{}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(openValue([]party{1, 2}, body))
	f.Fuzz(func(_ *testing.T, value []byte) { _, _, _ = parseOpenValue(value) })
}
