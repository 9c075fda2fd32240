package bindings

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// How much of an object is printed: enough to see what it is.
const (
	textWidth  = 100  // more is written on lines of its own
	textLimit  = 4000 // bytes of all
	textString = 80   // bytes of one string
	textList   = 10   // elements of one list
	textDepth  = 6
)

// text is the object as Lua would write it.
func (o *object) text() string {
	p := &printer{left: textLimit}
	return p.object(o, 0)
}

// printer writes objects; left is how much may still be written.
type printer struct{ left int }

func (p *printer) object(o *object, depth int) string {
	if depth >= textDepth {
		return o.name() + " { ... }"
	}
	var parts []string
	for _, name := range o.names() {
		v, _ := o.get(name)
		if v == nil || v == false {
			continue
		}
		if p.left <= 0 {
			parts = append(parts, "...")
			break
		}
		part := name + " = " + p.value(v, depth+1)
		p.left -= len(name) + 3
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return o.name()
	}
	return o.name() + " " + block(parts, depth)
}

func (p *printer) value(v any, depth int) (text string) {
	switch v := v.(type) {
	case *object:
		return p.object(v, depth)
	case []any:
		if len(v) == 0 {
			return "{}"
		}
		var parts []string
		for i, one := range v {
			if i == textList || p.left <= 0 {
				parts = append(parts, fmt.Sprintf("... %d more", len(v)-i))
				break
			}
			parts = append(parts, p.value(one, depth+1))
		}
		return block(parts, depth)
	case string:
		text = quoted(v)
	case []byte:
		text = quoted(string(v))
	default:
		text = fmt.Sprint(v)
	}
	p.left -= len(text)
	return text
}

// block writes parts on one line, or on a line each where that would be too long.
func block(parts []string, depth int) string {
	line := "{ " + strings.Join(parts, ", ") + " }"
	if len(line) <= textWidth && !strings.Contains(line, "\n") {
		return line
	}
	indent := strings.Repeat("  ", depth)
	return "{\n" + indent + "  " + strings.Join(parts, ",\n"+indent+"  ") + "\n" + indent + "}"
}

// quoted is a string of which only the begin is printed, if it is long. Bytes that are no text are numbers.
func quoted(s string) string {
	rest := ""
	if len(s) > textString {
		cut, whole := textString, len(s)
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s, rest = s[:cut], fmt.Sprintf("... (%d bytes)", whole)
	}
	if !utf8.ValidString(s) {
		return fmt.Sprintf("%x", s) + rest
	}
	return strconv.Quote(s) + rest
}
