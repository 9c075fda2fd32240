package bindings

import (
	"slices"
	"strings"
	"testing"
)

// Whatever an event is about, a script asks for where, who and when in the same words.
func TestAllEventsHaveTheirCommonMembers(t *testing.T) {
	apart := map[string]string{"raw": "it is the update itself", "connection": "it is about no chat", "script": "Telegram doesn't know it"}
	for _, row := range eventRows {
		if apart[row.Name] != "" {
			continue
		}
		var fields, methods []string
		for name := row.Class; name != ""; {
			class := table.Class(name)
			for _, f := range class.Fields {
				fields = append(fields, f.Name)
			}
			for _, f := range class.Methods {
				methods = append(methods, f.Name)
			}
			name = class.Parent
		}
		for _, name := range strings.Fields("chat chat_id sender sender_id is_private is_group is_channel late raw") {
			if !slices.Contains(fields, name) {
				t.Errorf("%s: %s has no field %s", row.Name, row.Class, name)
			}
		}
		for _, name := range []string{"get_chat", "get_sender", "stop"} {
			if !slices.Contains(methods, name) {
				t.Errorf("%s: %s has no method %s", row.Name, row.Class, name)
			}
		}
	}
}
