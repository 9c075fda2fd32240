package schema

import (
	"fmt"

	"github.com/gotd/td/bin"
)

// Encode writes the object with its number before it.
func (o *Object) Encode(b *bin.Buffer) error {
	b.PutID(o.Def.ID)
	next := 0
	for i := range o.Def.Fields {
		f := &o.Def.Fields[i]
		if f.Type.Kind == Words {
			b.PutUint32(o.words[f.bit])
			continue
		}
		if next == len(o.slots) || o.slots[next].field != i {
			if !f.Optional() {
				return fmt.Errorf("encode %s: %s is missing", o.Def.Name, f.Name)
			}
			continue
		}
		if err := encode(b, f.Type, o.slots[next].value); err != nil {
			return err
		}
		next++
	}
	return nil
}

func encode(b *bin.Buffer, t *Type, v any) error {
	switch v := v.(type) {
	case int64:
		if t.Kind == Int {
			b.PutInt32(int32(v))
		} else {
			b.PutLong(v)
		}
	case float64:
		b.PutDouble(v)
	case string:
		b.PutString(v)
	case []byte:
		if t.Kind == Bytes {
			b.PutBytes(v)
		} else {
			b.Put(v)
		}
	case bool:
		b.PutBool(v)
	case []any:
		if t.bare {
			b.PutInt(len(v))
		} else {
			b.PutVectorHeader(len(v))
		}
		for _, one := range v {
			if err := encode(b, t.Elem, one); err != nil {
				return err
			}
		}
	case *Object:
		return v.Encode(b)
	default:
		return fmt.Errorf("encode a %T", v)
	}
	return nil
}

// Of is the object of a value of package tg.
func Of(typed bin.Encoder) (*Object, error) {
	var b bin.Buffer
	if err := typed.Encode(&b); err != nil {
		return nil, err
	}
	return new(Decoder).Object(b.Buf)
}
