package reference_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

func TestJSONOfAName(t *testing.T) {
	table := bindings.Table()
	for sentence, row := range map[string]struct {
		name string
		want map[string][]string // part of the table to names in it
	}{
		"a function by its full name":          {"tg.sleep", map[string][]string{"functions": {"tg.sleep"}}},
		"a method, with a colon":               {"client:send_message", map[string][]string{"classes": {"Client"}}},
		"a method of what an event is, too":    {"message:reply", map[string][]string{"classes": {"Message"}}},
		"an event and the class of that name":  {"message", map[string][]string{"classes": {"Message"}, "events": {"message"}}},
		"options":                              {"SendOptions", map[string][]string{"options": {"SendOptions"}}},
		"the last part of a name, in any case": {"Send_Message", map[string][]string{"classes": {"Client", "Peer", "Conversation", "Dialog"}}},
		"what nobody has":                      {"qqqq", nil},
	} {
		text, err := reference.JSONOf(table, row.name)
		if err != nil {
			t.Fatal(err)
		}
		if row.want == nil {
			if text != nil {
				t.Errorf("%s: %s", sentence, text)
			}
			continue
		}
		var part map[string][]struct{ Name string }
		if err := json.Unmarshal(text, &part); err != nil {
			t.Fatalf("%s: %v", sentence, err)
		}
		for kind, some := range part {
			var names []string
			for _, one := range some {
				names = append(names, one.Name)
			}
			if !slices.Equal(names, row.want[kind]) {
				t.Errorf("%s: %s are %q, want %q", sentence, kind, names, row.want[kind])
			}
		}
	}
}
