package schema

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// crooked are types that package tg itself writes in one way and reads in another.
var crooked = map[string]bool{"accessPointRule": true, "help.configSimple": true}

// TestRoundTrip sends random values of every constructor and method through our bytes and through
// package tg, each of which judges the other.
func TestRoundTrip(t *testing.T) {
	const each = 12
	typed := tg.TypesConstructorMap()
	d := newDice(1)
	count := map[bool]int{}
	for _, methods := range []bool{false, true} {
		for _, name := range Names(methods) {
			def := Find(name)
			if crooked[name] {
				continue
			}
			count[methods]++
			for i := range each {
				args := d.object(def, i%5)
				if err := roundTrip(def, args, typed); err != nil {
					t.Errorf("%s: %v\n%v", name, err, args)
					break
				}
			}
		}
	}
	t.Logf("%d constructors, %d methods", count[false], count[true])
	if count[false] < 1650 || count[true] < 800 {
		t.Error("that is not the whole layer")
	}
}

func roundTrip(def *Definition, args map[string]any, typed map[uint32]func() bin.Object) error {
	m := Maker{method: def.Name}
	made, err := m.object(def, args, nil)
	if err != nil {
		return err
	}
	var b bin.Buffer
	if err := made.Encode(&b); err != nil {
		return err
	}
	raw := b.Copy()

	decoder := new(Decoder)
	back, err := decoder.Object(raw)
	switch {
	case err != nil:
		return fmt.Errorf("decode: %w", err)
	case decoder.Rest() != 0:
		return fmt.Errorf("%d bytes are left", decoder.Rest())
	case !reflect.DeepEqual(plain(back), any(args)):
		return fmt.Errorf("came back as %v", plain(back))
	}

	newTyped := typed[def.ID]
	if newTyped == nil {
		return fmt.Errorf("package tg doesn't know %x", def.ID)
	}
	for _, f := range def.Fields {
		if f.Type.Kind == Query {
			return nil // package tg needs to be told what is asked
		}
	}
	o := newTyped()
	if err := o.Decode(&bin.Buffer{Buf: raw}); err != nil {
		return fmt.Errorf("package tg doesn't read it: %w", err)
	}
	again, err := Of(o)
	if err != nil {
		return fmt.Errorf("package tg writes something else: %w", err)
	}
	b.Reset()
	if err := again.Encode(&b); err != nil {
		return err
	}
	if !bytes.Equal(b.Buf, raw) {
		return fmt.Errorf("package tg writes %x, we %x", b.Buf, raw)
	}
	return nil
}

// TestAnswers reads an answer of every method.
func TestAnswers(t *testing.T) {
	d := newDice(2)
	for _, name := range Names(true) {
		result := Method(name).Result
		if result.Kind == Query {
			continue
		}
		want := d.value(result, 2)
		m := Maker{method: name}
		made, err := m.value(result, want, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var b bin.Buffer
		if err := encode(&b, result, made); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		decoder := new(Decoder)
		got, err := decoder.Decode(b.Buf, result)
		if err != nil || decoder.Rest() != 0 || !reflect.DeepEqual(plain(got), want) {
			t.Errorf("%s answers %v, read as %v (%v)", name, want, plain(got), err)
		}
	}
}

func TestLayer(t *testing.T) {
	if Layer() != tg.Layer {
		t.Errorf("the table is of layer %d, package tg of %d: go generate ./telegram/schema", Layer(), tg.Layer)
	}
	for id, name := range tg.TypesMap() {
		name, _, _ = strings.Cut(name, "#")
		if _, basic := kinds[name]; basic && name != "true" {
			continue // they have no definition of their own
		}
		if d := ByID(id); d == nil || d.Name != name {
			t.Errorf("%x is %v, not %s", id, d, name)
		}
	}
}
