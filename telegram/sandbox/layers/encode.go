package layers

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

// ErrUnknown is a value that an older layer has no form for.
var ErrUnknown = errors.New("no form in this layer")

// replacements say what older clients get for constructors that their layer doesn't have.
var replacements = map[string]func(any) any{
	"messages.chatInviteJoinResultOk": func(v any) any { return v.(*tg.MessagesChatInviteJoinResultOk).Updates },
	"messages.invitedUsers":           func(v any) any { return v.(*tg.MessagesInvitedUsers).Updates },
	"messages.webPagePreview":         func(v any) any { return v.(*tg.MessagesWebPagePreview).Media },
	"messages.webPage":                func(v any) any { return v.(*tg.MessagesWebPage).Webpage },
	"keyboardInlineButtonRow": func(v any) any {
		return &former{"keyboardButtonRow", fields{"buttons": v.(*tg.KeyboardInlineButtonRow).Buttons}}
	},
	"keyboardInlineButton": inlineButton,
	"messagePeerVote":      peerVote,
}

// Encode writes an answer or update as the layer has it.
func (t *Table) Encode(v bin.Encoder) ([]byte, error) {
	var b bin.Buffer
	if err := t.encode(&b, v); err != nil {
		return nil, err
	}
	return b.Buf, nil
}

func (t *Table) encode(b *bin.Buffer, v any) error {
	if old, ok := v.(*former); ok {
		return t.former(b, old)
	}
	object, ok := v.(tdp.Object)
	if !ok {
		if encoder, ok := v.(bin.Encoder); ok && isVector(v) {
			return t.vector(b, encoder)
		}
		return fmt.Errorf("show %T: %w", v, ErrUnknown)
	}
	info := object.TypeInfo()
	d := t.byName[info.Name]
	if reshape := reshapes[info.Name]; reshape != nil && isForm(d, info.Name) {
		return t.encode(b, reshape(v))
	}
	if d == nil {
		if replace := replacements[info.Name]; replace != nil {
			return t.encode(b, replace(v))
		}
		if isVector(v) {
			return t.vector(b, v)
		}
		return plain(b, info, v)
	}
	value := reflect.ValueOf(v)
	for value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	b.PutID(d.id)
	return t.fields(b, d, info, value)
}

// plain encodes constructors that carry nothing, such as boolTrue: they are the same in all layers.
func plain(b *bin.Buffer, info tdp.Type, v any) error {
	encoder, ok := v.(bin.Encoder)
	if !ok || len(info.Fields) > 0 {
		return fmt.Errorf("show %s: %w", info.Name, ErrUnknown)
	}
	return encoder.Encode(b)
}

// isVector tells whether v is one of gotd's answers that are bare lists.
func isVector(v any) bool {
	value := reflect.Indirect(reflect.ValueOf(v))
	return value.Kind() == reflect.Struct && value.NumField() == 1 && value.Type().Field(0).Name == "Elems"
}

func (t *Table) vector(b *bin.Buffer, v any) error {
	return t.list(b, field{kind: "Object", list: true}, reflect.Indirect(reflect.ValueOf(v)).Field(0))
}

func (t *Table) fields(b *bin.Buffer, d *definition, info tdp.Type, value reflect.Value) error {
	names := map[string]string{}
	for _, f := range info.Fields {
		names[f.SchemaName] = f.Name
	}
	get := func(f field) reflect.Value {
		if name, ok := names[f.name]; ok {
			return value.FieldByName(name)
		}
		return reflect.Value{}
	}
	return t.write(b, d, get)
}

// write goes through the old definition twice: its flags come before what they speak of, and whether a field can be
// shown is known only once that was tried.
func (t *Table) write(b *bin.Buffer, d *definition, get func(f field) reflect.Value) error {
	flags := map[string]uint32{}
	for _, f := range d.fields {
		if f.flags != "" && t.present(f, get(f)) {
			flags[f.flags] |= 1 << f.flag
		}
	}
	for _, f := range d.fields {
		switch {
		case f.kind == "#":
			b.PutUint32(flags[f.name])
			continue
		case f.kind == "true" || f.flags != "" && flags[f.flags]&(1<<f.flag) == 0:
			continue
		}
		if err := t.put(b, f, get(f)); err != nil {
			return fmt.Errorf("show %s of %s: %w", f.name, d.name, err)
		}
	}
	return nil
}

// present tells whether an optional field is there, and can be shown.
func (t *Table) present(f field, v reflect.Value) bool {
	if !v.IsValid() || v.IsZero() {
		return false
	}
	if f.kind == "Object" && !f.list {
		var scratch bin.Buffer
		return t.put(&scratch, f, v) == nil
	}
	return true
}

// put writes one field; an invalid value stands for one that newer layers don't have.
func (t *Table) put(b *bin.Buffer, f field, v reflect.Value) error {
	if f.list {
		return t.list(b, f, v)
	}
	if !v.IsValid() {
		return putNothing(b, f)
	}
	switch f.kind {
	case "int":
		if v.Kind() == reflect.Float64 { // seconds of a video
			b.PutInt32(int32(v.Float()))
			break
		}
		b.PutInt32(int32(v.Int()))
	case "long":
		b.PutLong(v.Int())
	case "double":
		b.PutDouble(v.Float())
	case "string", "bytes":
		if v.Kind() == reflect.String {
			b.PutString(v.String())
		} else {
			b.PutBytes(v.Bytes())
		}
	case "Bool":
		b.PutBool(v.Bool())
	case "Object":
		return t.object(b, v)
	default:
		return fmt.Errorf("show a %s: %w", f.kind, ErrUnknown)
	}
	return nil
}

func (t *Table) object(b *bin.Buffer, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return fmt.Errorf("show nothing: %w", ErrUnknown)
		}
		return t.encode(b, v.Interface())
	case reflect.Struct:
		if v.CanAddr() {
			return t.encode(b, v.Addr().Interface())
		}
		copied := reflect.New(v.Type())
		copied.Elem().Set(v)
		return t.encode(b, copied.Interface())
	default:
		return t.encode(b, v.Interface())
	}
}

// list leaves out elements that the layer has no form for.
func (t *Table) list(b *bin.Buffer, f field, v reflect.Value) error {
	n := 0
	v = emoticons(v)
	var elements bin.Buffer
	if v.IsValid() {
		for i := range v.Len() {
			before := len(elements.Buf)
			err := t.put(&elements, field{kind: f.kind}, v.Index(i))
			switch {
			case errors.Is(err, ErrUnknown):
				elements.Buf = elements.Buf[:before]
			case err != nil:
				return err
			default:
				n++
			}
		}
	}
	b.PutVectorHeader(n)
	b.Put(elements.Buf)
	return nil
}

// putNothing is what a field holds that newer layers have done away with.
func putNothing(b *bin.Buffer, f field) error {
	switch f.kind {
	case "int":
		b.PutInt32(0)
	case "long":
		b.PutLong(0)
	case "double":
		b.PutDouble(0)
	case "string", "bytes":
		b.PutString("")
	case "Bool":
		b.PutBool(false)
	default:
		return fmt.Errorf("show a %s that is gone: %w", f.kind, ErrUnknown)
	}
	return nil
}
