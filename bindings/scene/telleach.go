package scene

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

// tellEach tells a test for each row of a table, in an order that is always the same.
func tellEach(c *spec.Call, in eachArgs) (spec.None, error) {
	type row struct{ key, value vm.Value }
	var rows []row
	in.Cases.ForEach(func(k, v vm.Value) { rows = append(rows, row{k, v}) })
	slices.SortFunc(rows, func(a, b row) int {
		x, xn := a.key.(vm.Number)
		y, yn := b.key.(vm.Number)
		switch {
		case xn && yn:
			return cmp.Compare(x, y)
		case xn != yn:
			return cmp.Compare(a.key.Type(), b.key.Type())
		}
		return strings.Compare(a.key.String(), b.key.String())
	})
	for _, r := range rows {
		label := r.key.String()
		if s, ok := r.value.(vm.String); ok && r.key.Type() == vm.TypeNumber {
			label = string(s)
		}
		name := in.Name + " " + label
		if strings.Contains(in.Name, "%s") {
			name = strings.ReplaceAll(in.Name, "%s", label)
		}
		if err := suiteOf(c).add(c.State, name, in.Function, Case{args: []vm.Value{r.value, r.key}}); err != nil {
			return spec.None{}, err
		}
	}
	return spec.None{}, nil
}
