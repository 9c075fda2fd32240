package schema

import "strings"

// missing is what stands for a field that was not given; nil for most.
func (m *Maker) missing(d *Definition, f *Field, args map[string]any) any {
	if f.Optional() {
		return nil
	}
	switch {
	case f.Name == "random_id" && m.Random != nil:
		return m.unique(d, f, args)
	case f.Name == "hash" && (!d.Method || Reads(d.Name)) && f.Type.Kind <= Long, f.Name == "client_id" && f.Type.Kind == Long:
		return int64(0) // of what the caller has already: nothing
	case f.Name == "ranges" || f.Name == "entities" && f.Type.Kind == Vector:
		return []any{}
	}
	if !d.Method || !Reads(d.Name) {
		return nil
	}
	switch {
	case f.Name == "limit":
		return int64(100)
	case strings.HasPrefix(f.Name, "offset") || paging[f.Name]:
		return beginning(f.Type)
	}
	return nil
}

// paging are the fields of reading methods that say from where to where, and may be left out.
var paging = map[string]bool{
	"add_offset": true, "max_id": true, "min_id": true, "min_date": true, "max_date": true, "q": true, "filter": true, "query": true,
}

// beginning is the value of a paging field that means no limit.
func beginning(t *Type) any {
	switch t.Kind {
	case Int, Long:
		return int64(0)
	case String:
		return ""
	case Class:
		switch t.Class {
		case "InputPeer":
			return "inputPeerEmpty"
		case "MessagesFilter":
			return "inputMessagesFilterEmpty"
		}
	}
	return nil
}

// unique makes the numbers by which Telegram knows a send that comes twice: as many as there are messages.
func (m *Maker) unique(d *Definition, f *Field, args map[string]any) any {
	switch f.Type.Kind {
	case Int:
		return int64(int32(m.Random()))
	case Long:
		return m.Random()
	case Vector:
		count := 1
		if list, ok := args["id"].([]any); ok {
			count = len(list)
		}
		ids := make([]any, count)
		for i := range ids {
			ids[i] = m.Random()
		}
		return ids
	}
	return nil
}

// Reads says whether a method only looks at things, by the first word of its name.
func Reads(method string) bool {
	_, verb, found := strings.Cut(method, ".")
	if !found {
		verb = method
	}
	return strings.HasPrefix(verb, "get") || strings.HasPrefix(verb, "search")
}

// Omissible says whether a field that is not optional may be left out all the same, since there is only one thing that
// it can sensibly be.
func Omissible(d *Definition, f *Field) bool {
	if f.Type.Kind == Words {
		return true
	}
	m := Maker{Random: func() int64 { return 0 }}
	return f.Optional() || m.missing(d, f, nil) != nil
}
