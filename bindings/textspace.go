package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/text"
)

// textSpace is tg.text: formatted text without sending it.
var textSpace = spec.Namespace{
	Name: "text", Doc: "Formatted text: read it, write it, make it literal, cut it.",
	Functions: []spec.Func{parseText, formatText, escapeText, splitText},
}

// formatted is text with its formatting, as scripts see it.
type formatted struct {
	Text     string       `lua:"text"`
	Entities []textEntity `lua:"entities"`
}

// LuaType is its name in the editor types.
func (formatted) LuaType() string { return "{ text: string, entities: TextEntity[] }" }

func formattedOf(t text.Text) formatted {
	return formatted{t.Plain, entitiesOf(t.Plain, t.Entities)}
}

type parseArgs struct {
	Text wording       `lua:"text" doc:"What to read."`
	Opts formatOptions `lua:"options,optional" doc:"How it is written."`
}

var parseText = spec.Function("parse", "Read formatting: what is said, and how. An error in HTML says where it is.",
	func(_ *spec.Call, in parseArgs) (formatted, error) {
		read, err := in.Opts.body(in.Text)
		return formattedOf(read), err
	},
).Direct().Example(`local read = tg.text.parse("so **bold**")
print(read.text, read.entities[1].type)`)

type formatArgs struct {
	Text wording      `lua:"text" doc:"What is said."`
	Opts writeOptions `lua:"options,optional" doc:"How to write it."`
}

type writeOptions struct {
	Entities  entityList `lua:"entities,optional" type:"TextEntity[]" doc:"Its formatting."`
	ParseMode string     `lua:"parse_mode,optional" enum:"md,markdown,html" doc:"What to write; md if not given."`
}

// markup is the mode that parse_mode names.
func markup(parseMode string) text.Mode {
	if parseMode == "html" {
		return text.HTML
	}
	return text.Markdown
}

var formatText = spec.Function("format", "Write text with its formatting as Markdown or HTML, so that parse reads it back.",
	func(_ *spec.Call, in formatArgs) (string, error) {
		t, err := in.Text.literal(), error(nil)
		if in.Opts.Entities != nil {
			t, err = in.Opts.Entities.over(t.Plain)
		}
		return text.Format(markup(in.Opts.ParseMode), t), err
	},
).Direct().Example(`print(tg.text.format("so bold", { entities = { { type = "bold", offset = 4, length = 4 } }, parse_mode = "html" }))`)

type escapeArgs struct {
	Text words         `lua:"text" doc:"What to write."`
	Opts escapeOptions `lua:"options,optional" doc:"Where it will stand."`
}

type escapeOptions struct {
	ParseMode string `lua:"parse_mode,optional" enum:"md,markdown,html" doc:"In what; md if not given."`
}

var escapeText = spec.Function("escape", "Make text literal, to stand among formatting: what others wrote must not make links.",
	func(_ *spec.Call, in escapeArgs) (string, error) {
		return text.Escape(markup(in.Opts.ParseMode), string(in.Text)), nil
	},
).Direct().Example(`client:send_message("me", "**" .. tg.text.escape("2 ** 3") .. "**")`)

type splitArgs struct {
	Text wording      `lua:"text" doc:"What to cut."`
	Opts splitOptions `lua:"options,optional" doc:"How."`
}

type splitOptions struct {
	formatOptions
	Limit    *int `lua:"limit,optional" doc:"Characters of a piece; 4096, what a message takes, if not given. Emoji count twice."`
	Entities *int `lua:"max_entities,optional" doc:"Entities of a piece; 100 if not given."`
}

var splitText = spec.Function("split", "Cut a text into pieces that fit into messages: between paragraphs, lines or words, with entities whole.",
	func(_ *spec.Call, in splitArgs) ([]formatted, error) {
		limit, most := 4096, 100
		if in.Opts.Limit != nil {
			limit = *in.Opts.Limit
		}
		if in.Opts.Entities != nil {
			most = *in.Opts.Entities
		}
		read, err := in.Opts.body(in.Text)
		if err != nil {
			return nil, err
		}
		var pieces []formatted
		for _, piece := range text.Split(read, limit, most) {
			pieces = append(pieces, formattedOf(piece))
		}
		return pieces, nil
	},
).Direct().Example(`for _, piece in ipairs(tg.text.split(("word "):rep(2000), { limit = 1024 })) do
  client:send_message("me", piece.text, { formatting_entities = piece.entities })
end`)
