package shape_test

import (
	"testing"

	"github.com/tgscript/tgscript/bindings/service/shape"
)

func TestPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"|":         "read CSV: line 1, column 1: no",
		"ab|c":      "read CSV: line 1, column 3: no",
		"a\nb\n|c":  "read CSV: line 3, column 1: no",
		"a\nbcd|":   "read CSV: line 2, column 4: no",
		"\n\n\n  |": "read CSV: line 4, column 3: no",
	} {
		at := 0
		for text[at] != '|' {
			at++
		}
		err := shape.At("CSV", text, at, "no")
		if err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
		if fields := err.LuaFields(); fields["kind"] != "PARSE" || fields["line"] != err.Line {
			t.Errorf("%q: scripts see %v", text, fields)
		}
	}
	if err := shape.At("CSV", "a", 99, "no"); err.Column != 2 {
		t.Errorf("beyond the end: %v", err)
	}
}

func TestPaths(t *testing.T) {
	var err error = &shape.EncodeError{Format: "JSON", Err: shape.At("X", "", 0, "no")}
	for _, step := range []string{"name", "[3]", "users"} {
		err = shape.Below(step, err)
	}
	if got := err.(*shape.EncodeError); got.Path != "users[3].name" || got.LuaFields()["path"] != "users[3].name" || got.Unwrap() == nil {
		t.Errorf("got %v", err)
	}
}
