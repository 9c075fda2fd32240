package spec

import (
	"context"
	"testing"

	"github.com/tgscript/tgscript/runtime/vm"
)

// plainWord takes text alone; anyWord doesn't say.
type (
	plainWord string
	anyWord   string
)

func (w *plainWord) DecodeLua(_ *vm.State, v vm.Value) error {
	*w = plainWord(vm.Text(v))
	return nil
}

func (plainWord) Suits(v vm.Value) bool { return v.Type() == vm.TypeString }

func (w *anyWord) DecodeLua(_ *vm.State, v vm.Value) error {
	if v.Type() == vm.TypeTable {
		return Expected("text", v)
	}
	*w = anyWord(vm.Text(v))
	return nil
}

// TestSuiting leaves an argument out in the middle.
func TestSuiting(t *testing.T) {
	type options struct {
		Loud bool `lua:"loud,optional" doc:"."`
	}
	said := Function("said", ".", func(_ *Call, in struct {
		Word plainWord `lua:"word,optional" doc:"."`
		Opts options   `lua:"options,optional" doc:"."`
	}) (bool, error) {
		return in.Opts.Loud, nil
	}).Direct()
	guessed := Function("guessed", ".", func(_ *Call, in struct {
		Word anyWord `lua:"word,optional" doc:"."`
		Opts options `lua:"options,optional" doc:"."`
	}) (bool, error) {
		return in.Opts.Loud, nil
	}).Direct()
	m := vm.New(vm.Options{})
	defer func() { _ = m.Close() }()
	m.Lock()
	(&Table{Namespaces: []Namespace{{Name: "t", Functions: []Func{said, guessed}}}}).Install(m.Root(), nil)
	proto, err := vm.Compile("x.lua", []byte(`return t.said({ loud = true }), t.said("x", { loud = true }), t.said(), (pcall(t.guessed, { loud = true }))`))
	if err != nil {
		t.Fatal(err)
	}
	chunk := m.Root().NewFunctionFromProto(proto)
	m.Unlock()
	got, err := m.Run(context.Background(), chunk, nil)
	if err != nil || len(got) != 4 || got[0] != vm.True || got[1] != vm.True || got[2] != vm.False || got[3] != vm.False {
		t.Errorf("got %v, %v", got, err)
	}
}
