package sandbox

import (
	"slices"
	"testing"
)

func TestMethodsAreDescribed(t *testing.T) {
	var names []string
	for _, m := range Describe() {
		names = append(names, m.Name)
		if m.Callers == "" || m.Fidelity == "" || (m.Note == "") != (m.Fidelity == Works) {
			t.Errorf("%+v says too little or too much", m)
		}
	}
	if !slices.Equal(names, Methods()) {
		t.Error("not all methods are described")
	}
	for name := range shortfalls {
		if !slices.Contains(names, name) {
			t.Errorf("%s falls short, but isn't emulated at all", name)
		}
	}
	for name, want := range map[string]string{
		"auth.sendCode": "anybody, also before the sign-in", "messages.sendMessage": "people and bots",
		"messages.getDialogs": "people", "messages.setBotCallbackAnswer": "bots",
	} {
		at := slices.Index(names, name)
		if at < 0 || Describe()[at].Callers != want {
			t.Errorf("%s isn't for %s", name, want)
		}
	}
}
