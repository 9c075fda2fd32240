package bindings

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/text"
)

// fmtSpace is tg.fmt.
var fmtSpace = spec.Namespace{
	Name: "fmt", Doc: "Puts formatted text together, so that nothing that others wrote can become formatting. `tg.fmt(template, values)` fills a template.",
	Call: &fillTemplate,
	Functions: []spec.Func{
		styledText("bold", "Bold text.", text.Bold), styledText("italic", "Slanted text.", text.Italic),
		styledText("underline", "Underlined text.", text.Underline), styledText("strike", "Text that is struck through.", text.Strike),
		styledText("spoiler", "Text that is hidden until it is touched.", text.Spoiler), styledText("code", "Text in letters of one width, which is copied by a touch.", text.Code),
		preText, quoteText, linkedText, mentionText, emojiText, plainText, joinTexts, listTexts, markdownText, htmlText,
	},
}

type styledArgs struct {
	Text wording `lua:"text" doc:"What to say: text is taken as it is."`
}

func styledText(name, doc string, style text.Style) spec.Func {
	return spec.Function(name, doc, func(_ *spec.Call, in styledArgs) (*formattedText, error) {
		return formattedOfText(text.Styled(in.Text.literal(), style, "")), nil
	}).Direct().Example(`client:send_message("me", "Hello, " .. tg.fmt.` + name + `(client.me.first_name) .. "!")`)
}

type preArgs struct {
	Text     wording `lua:"text" doc:"What to say."`
	Language words   `lua:"language,optional" doc:"What it is written in: \"lua\"."`
}

var preText = spec.Function("pre", "A block of code.", func(_ *spec.Call, in preArgs) (*formattedText, error) {
	return formattedOfText(text.Styled(in.Text.literal(), text.Pre, string(in.Language))), nil
}).Direct().Example(`client:send_message("me", tg.fmt.pre("print('hello')", "lua"))`)

type quoteArgs struct {
	Text wording      `lua:"text" doc:"What to say."`
	Opts quoteStyling `lua:"options,optional" doc:"How."`
}

type quoteStyling struct {
	Collapsed bool `lua:"collapsed,optional" doc:"Folded until it is opened."`
}

var quoteText = spec.Function("quote", "A quote, in lines of its own.", func(_ *spec.Call, in quoteArgs) (*formattedText, error) {
	style := text.Quote
	if in.Opts.Collapsed {
		style = text.Folded
	}
	return formattedOfText(text.Styled(in.Text.literal(), style, "")), nil
}).Direct().Example(`client:send_message("me", "Somebody said:\n" .. tg.fmt.quote("To be, or not to be", { collapsed = true }))`)

type linkedArgs struct {
	Text wording `lua:"text" doc:"What to say."`
	URL  words   `lua:"url" doc:"Where it leads."`
}

var linkedText = spec.Function("link", "Text that leads to an address.", func(_ *spec.Call, in linkedArgs) (*formattedText, error) {
	url := string(in.URL)
	if url == "" || strings.ContainsAny(url, " \n\t") {
		return nil, &spec.ArgumentError{Function: "link", Place: "argument 2 (url)", Problem: "an address without white space expected"}
	}
	return formattedOfText(text.Styled(in.Text.literal(), text.Link, url)), nil
}).Direct().Example(`client:send_message("me", "Read " .. tg.fmt.link("the manual", "https://www.lua.org/manual/5.1/"))`)

// person is a user as an argument that needs no more than the id.
type person struct {
	id   int64
	name string
}

// DecodeLua reads a Peer or an id.
func (p *person) DecodeLua(L *vm.State, v vm.Value) error {
	if data, ok := v.(*vm.UserData); ok {
		if one, ok := data.Value.(*peer); ok && one.ID > 0 {
			p.id, p.name = one.ID, one.name()
			return nil
		}
	}
	if n, err := strconv.ParseInt(vm.Text(v), 10, 64); err == nil && n > 0 && (v.Type() == vm.TypeNumber || v.Type() == vm.TypeString) {
		p.id, p.name = n, vm.Text(v)
		return nil
	}
	return spec.Expected("user or id", v)
}

// LuaType is how the editor types write it.
func (person) LuaType() string { return "Peer|integer|string" }

type mentionArgs struct {
	User person  `lua:"user" doc:"Who: a user that this account knows."`
	Text wording `lua:"text,optional" doc:"What to say; the name if not given."`
}

var mentionText = spec.Function("mention", "A user's name, or other words, that lead to the user and tell them of it.",
	func(_ *spec.Call, in mentionArgs) (*formattedText, error) {
		says := in.Text.literal()
		if !in.Text.given {
			says = text.Of(in.User.name)
		}
		return formattedOfText(text.Styled(says, text.Mention, strconv.FormatInt(in.User.id, 10))), nil
	},
).Direct().Example(`client:on("message", { pattern = "^/me$" }, function(event)
  event:respond(tg.fmt.mention(event.sender) .. " is here")
end)`)

type emojiArgs struct {
	Text wording `lua:"text" doc:"The emoji that is shown in its place where it can't be."`
	ID   spec.ID `lua:"id" doc:"Number of the custom emoji."`
}

var emojiText = spec.Function("emoji", "A custom emoji.", func(_ *spec.Call, in emojiArgs) (*formattedText, error) {
	return formattedOfText(text.Styled(in.Text.literal(), text.Emoji, strconv.FormatInt(int64(in.ID), 10))), nil
}).Direct().Example(`client:send_message("me", tg.fmt.emoji("👍", "5368324170671202286") .. " Well done")`)

var plainText = spec.Function("text", "Text without formatting, to begin with.", func(_ *spec.Call, in styledArgs) (*formattedText, error) {
	return formattedOfText(in.Text.literal()), nil
}).Direct().Example(`local lines = tg.fmt.text("Guests:")
for _, name in ipairs({ "Alice", "Bob" }) do lines = lines .. "\n" .. tg.fmt.bold(name) end
client:send_message("me", lines)`)

type joinArgs struct {
	Parts     []wording `lua:"parts" doc:"What to put together."`
	Separator wording   `lua:"separator,optional" doc:"What comes between them; nothing if not given."`
}

var joinTexts = spec.Function("join", "Put the texts of a list one behind another, as table.concat does.", func(_ *spec.Call, in joinArgs) (*formattedText, error) {
	return putTogether(in.Separator.literal(), literals(in.Parts)...)
}).Direct().Example(`client:send_message("me", tg.fmt.join({ tg.fmt.bold("a"), "b", tg.fmt.code("c") }, ", "))`)

type listArgs struct {
	Parts []wording   `lua:"parts" doc:"The lines."`
	Opts  listOptions `lua:"options,optional" doc:"How."`
}

type listOptions struct {
	Marker   wording `lua:"marker,optional" doc:"What each line begins with; \"• \" if not given."`
	Numbered bool    `lua:"numbered,optional" doc:"\"1. \", \"2. \" and so on."`
}

var listTexts = spec.Function("list", "Texts in lines with marks before them.", func(_ *spec.Call, in listArgs) (*formattedText, error) {
	lines := literals(in.Parts)
	parts := make([]text.Text, 0, 3*len(lines))
	for i, line := range lines {
		marker := text.Of("• ")
		switch {
		case in.Opts.Numbered:
			marker = text.Of(strconv.Itoa(i+1) + ". ")
		case in.Opts.Marker.given:
			marker = in.Opts.Marker.literal()
		}
		if i > 0 {
			parts = append(parts, text.Of("\n"))
		}
		parts = append(parts, marker, line)
	}
	return putTogether(text.Text{}, parts...)
}).Direct().Example(`client:send_message("me", tg.fmt.bold("To do") .. "\n" .. tg.fmt.list({ "Water", "Bread" }, { numbered = true }))`)

func literals(parts []wording) []text.Text {
	list := make([]text.Text, len(parts))
	for i, part := range parts {
		list[i] = part.literal()
	}
	return list
}

type sourceArgs struct {
	Text words `lua:"text" doc:"What you have written yourself: what others wrote may make links in it."`
}

func readMarkup(mode text.Mode) func(*spec.Call, sourceArgs) (*formattedText, error) {
	return func(_ *spec.Call, in sourceArgs) (*formattedText, error) {
		if len(in.Text) > text.Longest {
			return nil, fmt.Errorf("read formatted text: %w", text.ErrTooLong)
		}
		t, err := text.Parse(mode, string(in.Text))
		if err != nil {
			return nil, err
		}
		return formattedOfText(t), nil
	}
}

var (
	markdownText = spec.Function("markdown", "Read Markdown.", readMarkup(text.Markdown)).Direct().
			Example(`client:send_message("me", tg.fmt.markdown("**Welcome**, ") .. client.me.first_name)`)
	htmlText = spec.Function("html", "Read HTML. An error says where it is.", readMarkup(text.HTML)).Direct().
			Example(`client:send_message("me", tg.fmt.html("<b>Welcome</b>, ") .. client.me.first_name)`)
)
