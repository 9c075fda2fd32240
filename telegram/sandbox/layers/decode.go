package layers

import (
	"fmt"
	"reflect"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

// maxDepth bounds how deep objects of a call may lie within each other.
const maxDepth = 16

// adapters move what a field of an older method says to where the newest has it.
var adapters = map[string]func(old fields, in any){
	"messages.sendMessage":         replyTo,
	"messages.sendMedia":           replyTo,
	"messages.sendMultiMedia":      replyTo,
	"messages.sendInlineBotResult": replyTo,
	"messages.saveDraft":           replyTo,
	"dialogFilter":                 textTitle,
	"dialogFilterChatlist":         textTitle,
	"channels.toggleSignatures": func(old fields, in any) {
		in.(*tg.ChannelsToggleSignaturesRequest).SignaturesEnabled = old.set("enabled")
	},
	"messages.setChatAvailableReactions": someReactions,
	"messages.sendReaction": func(old fields, in any) {
		if emoticon, ok := old["reaction"].(string); ok && emoticon != "" {
			in.(*tg.MessagesSendReactionRequest).SetReaction([]tg.ReactionClass{&tg.ReactionEmoji{Emoticon: emoticon}})
		}
	},
	"messages.getMessageReactionsList": func(old fields, in any) {
		if emoticon, ok := old["reaction"].(string); ok {
			in.(*tg.MessagesGetMessageReactionsListRequest).SetReaction(&tg.ReactionEmoji{Emoticon: emoticon})
		}
	},
}

// replyTo makes what used to be a number into the description of what is replied to.
func replyTo(old fields, in any) {
	if id, ok := old["reply_to_msg_id"].(int); ok && id != 0 {
		in.(interface{ SetReplyTo(tg.InputReplyToClass) }).SetReplyTo(&tg.InputReplyToMessage{ReplyToMsgID: id})
	}
}

// textTitle gives the title of a folder, which used to be mere text, its new form.
func textTitle(old fields, in any) {
	title, ok := old["title"].(string)
	if !ok {
		return
	}
	switch f := in.(type) {
	case *tg.DialogFilter:
		f.Title.Text = title
	case *tg.DialogFilterChatlist:
		f.Title.Text = title
	}
}

// Method names a method of the layer, as it is called today, "" if the layer has none of this id.
func (t *Table) Method(id uint32) string {
	d := t.methods[id]
	switch {
	case d == nil:
		return ""
	case renamed[d.name] != "":
		return renamed[d.name]
	}
	return d.name
}

// Decode reads a call of the layer's into the newest form of its arguments.
func (t *Table) Decode(b *bin.Buffer, in tdp.Object) error {
	id, err := b.ID()
	if err != nil {
		return fmt.Errorf("read a method: %w", err)
	}
	d := t.methods[id]
	if d == nil {
		return fmt.Errorf("read method %x: %w", id, ErrUnknown)
	}
	return t.fill(b, d, in, 0)
}

// fill reads the fields of d and puts them where target has them.
func (t *Table) fill(b *bin.Buffer, d *definition, target tdp.Object, depth int) error {
	fields, err := t.parse(b, d, depth)
	if err != nil {
		return err
	}
	value := reflect.ValueOf(target).Elem()
	for _, f := range target.TypeInfo().Fields {
		if v, given := fields[f.SchemaName]; given {
			set(value.FieldByName(f.Name), v)
		}
	}
	if adapt := adapters[d.name]; adapt != nil && isForm(d, d.name) {
		adapt(fields, target)
	}
	if renamed[d.name] != "" {
		channelAsPeer(fields, target)
	}
	setFlags(target)
	return nil
}

func setFlags(v any) {
	if flagged, ok := v.(interface{ SetFlags() }); ok {
		flagged.SetFlags()
	}
}

// parse reads the fields of d by their names.
func (t *Table) parse(b *bin.Buffer, d *definition, depth int) (fields, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("read %s: too deep", d.name)
	}
	given := fields{}
	flags := map[string]uint32{}
	for _, f := range d.fields {
		if f.kind == "#" {
			n, err := b.Uint32()
			if err != nil {
				return nil, fmt.Errorf("read %s of %s: %w", f.name, d.name, err)
			}
			flags[f.name] = n
			continue
		}
		if f.flags != "" && flags[f.flags]&(1<<f.flag) == 0 {
			continue
		}
		v, err := t.get(b, f, depth)
		if err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", f.name, d.name, err)
		}
		given[f.name] = v
	}
	return given, nil
}

// set puts a value into a field if it fits there. One that doesn't is left out, as if the client had not given it:
// what that leads to is the server's to say, as for any other call.
func set(to reflect.Value, v any) {
	if takesAlike(to.Type()) {
		if other, ok := alike(v); ok {
			v = other
		}
	}
	from := reflect.ValueOf(v)
	switch {
	case !from.IsValid():
	case to.Kind() == reflect.Slice && from.Kind() == reflect.Slice && from.Type() != to.Type():
		list := reflect.MakeSlice(to.Type(), 0, from.Len())
		for i := range from.Len() {
			element := reflect.New(to.Type().Elem()).Elem()
			set(element, from.Index(i).Interface())
			list = reflect.Append(list, element)
		}
		to.Set(list)
	case from.Type().AssignableTo(to.Type()):
		to.Set(from)
	case to.Kind() == reflect.Struct && from.Kind() == reflect.Pointer && from.Elem().Type() == to.Type():
		to.Set(from.Elem())
	case to.Kind() == reflect.Int64 && from.Kind() == reflect.Int, to.Kind() == reflect.Int && from.Kind() == reflect.Int64:
		to.SetInt(from.Int())
	case to.Kind() == reflect.Float64 && from.Kind() == reflect.Int: // seconds of a video
		to.SetFloat(float64(from.Int()))
	}
}

func (t *Table) get(b *bin.Buffer, f field, depth int) (any, error) {
	if f.list {
		n, err := b.VectorHeader()
		if err != nil {
			return nil, err
		}
		if n > b.Len()/4 {
			return nil, fmt.Errorf("a list of %d in %d bytes", n, b.Len())
		}
		list := make([]any, n)
		for i := range list {
			if list[i], err = t.get(b, field{kind: f.kind}, depth); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	switch f.kind {
	case "true":
		return true, nil
	case "int":
		return b.Int()
	case "long":
		return b.Long()
	case "double":
		return b.Double()
	case "string":
		return b.String()
	case "bytes":
		return b.Bytes()
	case "Bool":
		return b.Bool()
	default:
		return t.read(b, depth+1)
	}
}

// read reads an object of the layer's.
func (t *Table) read(b *bin.Buffer, depth int) (any, error) {
	id, err := b.ID()
	if err != nil {
		return nil, err
	}
	d := t.byID[id]
	if d == nil {
		return nil, fmt.Errorf("read object %x: %w", id, ErrUnknown)
	}
	if renew := renewals[d.name]; renew != nil && isForm(d, d.name) {
		fields, err := t.parse(b, d, depth)
		if err != nil {
			return nil, err
		}
		object := renew(fields)
		setFlags(object)
		return object, nil
	}
	make := t.objects[d.name]
	if make == nil {
		return nil, fmt.Errorf("read %s: %w", d.name, ErrUnknown)
	}
	object := make()
	return object, t.fill(b, d, object, depth)
}
