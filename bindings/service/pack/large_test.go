package pack_test

import (
	"context"
	"errors"
	"testing"

	"github.com/tgscript/tgscript/bindings/service/csvtext"
	"github.com/tgscript/tgscript/bindings/service/jsontext"
	"github.com/tgscript/tgscript/bindings/service/pack"
	"github.com/tgscript/tgscript/bindings/service/shape"
	"github.com/tgscript/tgscript/bindings/service/yamltext"
	"github.com/tgscript/tgscript/runtime/vm"
)

// TestOneStringInManyPlaces is a small table that would become text without end, in every format.
func TestOneStringInManyPlaces(t *testing.T) {
	m := vm.New(vm.Options{})
	defer func() { _ = m.Close() }()
	for sentence, source := range map[string]string{
		"a list":              "(function() local s, t = ('x'):rep(2^20), {} for i = 1, 100 do t[i] = s end return t end)()",
		"lists of the same":   "(function() local t = { ('x'):rep(2^16) } for i = 1, 3 do local u = {} for j = 1, 20 do u[j] = t end t = u end return t end)()",
		"names":               "(function() local t = { [('x'):rep(2^20)] = 1 } local u = {} for i = 1, 100 do u[i] = t end return u end)()",
		"lines in many depth": "(function() local t = { ('x\\n'):rep(2^17) } for i = 1, 150 do t = { t } end return { t, t, t } end)()",
	} {
		proto, err := vm.Compile("value.lua", []byte("return "+source))
		if err != nil {
			t.Fatal(err)
		}
		values, err := m.Run(context.Background(), m.Root().NewFunctionFromProto(proto), nil)
		if err != nil {
			t.Fatal(sentence, err)
		}
		m.Lock()
		encoders := map[string]func(vm.Value) error{
			"YAML": func(v vm.Value) error { _, err := yamltext.Encode(v); return err },
		}
		if sentence != "lines in many depth" {
			encoders["JSON"] = func(v vm.Value) error { _, err := jsontext.Encode(v, ""); return err }
			encoders["kept"] = func(v vm.Value) error { _, err := pack.Encode(v); return err }
		}
		for format, encode := range encoders {
			if err := encode(values[0]); !errors.Is(err, shape.ErrLongest) {
				t.Errorf("%s, %s: %v", sentence, format, err)
			}
		}
		m.Unlock()
	}
	row := make([]string, 100)
	for i := range row {
		row[i] = string(make([]byte, 1<<20))
	}
	if _, err := csvtext.Encode([][]string{row}, ','); !errors.Is(err, shape.ErrLongest) {
		t.Errorf("CSV: %v", err)
	}
}
