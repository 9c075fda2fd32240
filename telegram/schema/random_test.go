package schema

import (
	"fmt"
	"math/rand"
	"strings"
)

// dice makes random arguments of every definition, in the plain form that Maker takes.
type dice struct {
	*rand.Rand
	cost map[string]int // the least depth of a constructor
}

func newDice(seed int64) *dice {
	d := &dice{Rand: rand.New(rand.NewSource(seed)), cost: map[string]int{}}
	for changed := true; changed; {
		changed = false
		for _, name := range Names(false) {
			cost, possible := d.depth(Find(name))
			if old, known := d.cost[name]; possible && (!known || cost < old) {
				d.cost[name], changed = cost, true
			}
		}
	}
	return d
}

// depth is how deep a definition must be at least, as far as is known.
func (d *dice) depth(def *Definition) (deepest int, possible bool) {
	for _, f := range def.Fields {
		if f.Optional() || f.Type.Kind != Class {
			continue
		}
		least := -1
		for _, c := range Constructors(f.Type.Class) {
			if cost, known := d.cost[c]; known && (least < 0 || cost < least) {
				least = cost
			}
		}
		if least < 0 {
			return 0, false
		}
		deepest = max(deepest, least+1)
	}
	return deepest, true
}

func (d *dice) object(def *Definition, depth int) map[string]any {
	out := map[string]any{Tag: def.Name}
	flags := map[[2]int8]bool{} // fields may share one
	for i := range def.Fields {
		f := &def.Fields[i]
		if f.Type.Kind == Words {
			continue
		}
		if f.Optional() {
			key := [2]int8{f.word, f.bit}
			on, rolled := flags[key]
			if !rolled {
				on = d.Intn(2) == 0
				for _, other := range def.Fields {
					if depth <= 0 && other.word == f.word && other.bit == f.bit && other.Type.Kind >= Vector {
						on = false
					}
				}
				flags[key] = on
			}
			if !on {
				continue
			}
		}
		out[f.Name] = d.value(f.Type, depth)
	}
	return out
}

func (d *dice) value(t *Type, depth int) any {
	switch t.Kind {
	case Int:
		return int64(int32(d.Uint32()))
	case Long:
		return int64(d.Uint64())
	case Double:
		return d.NormFloat64()
	case String:
		return strings.Repeat("xé👍\x00", d.Intn(4)) + fmt.Sprint(d.Intn(100))
	case Bytes:
		return d.bytes(d.Intn(300))
	case Int128, Int256:
		return d.bytes(size(t.Kind))
	case Bool:
		return d.Intn(2) == 0
	case True:
		return true
	case Vector:
		list := make([]any, d.Intn(3))
		if depth <= 0 {
			list = list[:0]
		}
		for i := range list {
			list[i] = d.value(t.Elem, depth-1)
		}
		return list
	case Query:
		return map[string]any{Tag: "help.getConfig"}
	}
	all := Constructors(t.Class)
	var fitting []string
	cheapest := all[0]
	for _, c := range all {
		cost, known := d.cost[c]
		if known && cost <= depth {
			fitting = append(fitting, c)
		}
		if best, ok := d.cost[cheapest]; known && (!ok || cost < best) {
			cheapest = c
		}
	}
	if len(fitting) == 0 {
		return d.object(Find(cheapest), depth-1)
	}
	return d.object(Find(fitting[d.Intn(len(fitting))]), depth-1)
}

func (d *dice) bytes(n int) []byte {
	b := make([]byte, n)
	d.Read(b)
	return b
}

// plain is an object in the form it was made of.
func plain(v any) any {
	switch v := v.(type) {
	case *Object:
		out := map[string]any{Tag: v.Def.Name}
		for f, one := range v.All() {
			out[f.Name] = plain(one)
		}
		return out
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	}
	return v
}
