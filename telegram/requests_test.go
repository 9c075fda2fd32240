package telegram_test

import (
	"fmt"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// requests are the calls of a method that the server sees while f runs, by the names of their fields.
func requests(t *testing.T, s *sandbox.Server, method string, f func()) (seen []map[string]any) {
	t.Helper()
	cancel := s.Inspect(func(i sandbox.Inspection) {
		if i.Kind == sandbox.InspectCall && i.Method == method {
			if fields, ok := i.Request.(map[string]any); ok {
				seen = append(seen, fields)
			}
		}
	})
	f()
	cancel()
	return seen
}

// field follows names into a request: "reply_to", "top_msg_id". What isn't there is "-".
func field(request map[string]any, path ...string) string {
	var at any = request
	for _, name := range path {
		fields, ok := at.(map[string]any)
		if !ok {
			return "-"
		}
		if at, ok = fields[name]; !ok {
			return "-"
		}
	}
	return fmt.Sprint(at)
}
