package bindings

import (
	"reflect"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// inlineResults are what a bot offers, as scripts see it.
type inlineResults struct{ *telegram.InlineResults }

// inlineResult is one of the offers.
type inlineResult struct{ *telegram.InlineResult }

type inlineQueryArgs struct {
	Bot   target             `lua:"bot" doc:"Which bot."`
	Query words              `lua:"query,optional" doc:"What would be typed after its name."`
	Opts  inlineQueryOptions `lua:"options,optional" doc:"Where."`
}

type inlineQueryOptions struct {
	Chat   target   `lua:"chat,optional" doc:"Where the result will be sent; the bot is told the kind of chat."`
	Offset string   `lua:"offset,optional" doc:"next_offset of the results before."`
	Geo    geoPoint `lua:"geo,optional" doc:"Tell the bot that this account is here: { latitude, longitude }."`
}

var clientInlineQuery = spec.Method("inline_query", "Ask another bot for its offers, as if its name and a query were typed. Not for bots.",
	func(c *spec.Call, cl *client, in inlineQueryArgs) (*inlineResults, error) {
		o := telegram.InlineQueryOptions{Chat: in.Opts.Chat.Target, Offset: in.Opts.Offset}
		if in.Opts.Geo.given {
			o.Geo = in.Opts.Geo.input()
		}
		found, err := cl.account.QueryInline(c, in.Bot.Target, string(in.Query), o)
		return resultsOf(found), err
	},
).Example(`local found = client:inline_query("@gif", "cats", { chat = "me" })
found.results[1]:click()`).Raises("BOT_RESPONSE_TIMEOUT", "BOT_INVALID", "PEER_UNKNOWN")

func resultsOf(r *telegram.InlineResults) *inlineResults {
	if r == nil {
		return nil
	}
	return &inlineResults{r}
}

func (r *inlineResults) list() []*inlineResult {
	list := make([]*inlineResult, len(r.Offers))
	for i, one := range r.Offers {
		list[i] = &inlineResult{one}
	}
	return list
}

// inlineResultsClass is the class InlineResults.
var inlineResultsClass = spec.Class{
	Name: "InlineResults", Call: "found", Go: reflect.TypeFor[*inlineResults](),
	Doc:  "What a bot offers to client:inline_query.",
	Text: func(v any) string { return "InlineResults(" + strconv.Itoa(len(v.(*inlineResults).Offers)) + ")" },
	Fields: []spec.Field{
		spec.Get("results", "The offers.", (*inlineResults).list),
		spec.Get("query_id", "Number of the query; a string, for it has 64 bits.", func(r *inlineResults) string { return decimal(r.QueryID) }),
		spec.Get("next_offset", "There is more: the option offset, or found:more().", func(r *inlineResults) string { return r.NextOffset }).Maybe(),
		spec.Get("gallery", "Meant to be shown as a grid of pictures.", func(r *inlineResults) bool { return r.Gallery }),
		spec.Get("cache_time", "For how many seconds the bot promises that the offers hold.", func(r *inlineResults) int { return r.CacheTime }),
		spec.Get("valid", "That time isn't over yet.", func(r *inlineResults) bool { return r.Valid() }),
		spec.Get("switch_pm", "A button above the offers that opens the chat with the bot: { text, start_param }.", (*inlineResults).switchPM).Is("{ text: string, start_param: string }").Maybe(),
		spec.Get("bot", "Whose offers they are.", func(r *inlineResults) *peer { return peerOf(r.Bot) }),
		spec.Get("raw", "The results as Telegram describes them.", func(r *inlineResults) *object { return objectOf(r.MessagesBotResults) }).OutOfTable(),
	},
	Methods: []spec.Func{
		spec.Method("more", "Ask the bot for what comes after these offers; nil if there is nothing.",
			func(c *spec.Call, r *inlineResults, _ spec.None) (*inlineResults, error) {
				next, err := r.More(c)
				return resultsOf(next), err
			},
		).Example(`local page = client:inline_query("@gif", "cats")
while page do
  for _, result in ipairs(page.results) do print(result.type, result.title) end
  page = page:more()
end`).Raises("BOT_RESPONSE_TIMEOUT"),
	},
}

type switchPM struct {
	Text  string `lua:"text"`
	Param string `lua:"start_param"`
}

func (r *inlineResults) switchPM() *switchPM {
	if r.SwitchPm.Text == "" {
		return nil
	}
	return &switchPM{r.SwitchPm.Text, r.SwitchPm.StartParam}
}

type resultClickArgs struct {
	Chat target             `lua:"chat,optional" doc:"Where to; the chat that was asked for if not given."`
	Opts resultClickOptions `lua:"options,optional" doc:"How."`
}

type resultClickOptions struct {
	answerOptions
	deliveryOptions
	HideVia bool `lua:"hide_via,optional" doc:"Without the name of the bot, for those bots for which Telegram allows that."`
}

var resultClick = spec.Method("click", "Send the offer. Returns the message.",
	func(c *spec.Call, r *inlineResult, in resultClickArgs) (*message, error) {
		o := in.Opts.delivery()
		in.Opts.apply(&o)
		sent, err := r.Send(c, in.Chat.Target, o, in.Opts.HideVia)
		return messageOf(sent), err
	},
).InOrder().Example(`local found = client:inline_query("@gif", "cats")
found.results[1]:click("@friend", { silent = true })`).Raises("INLINE_RESULT_EXPIRED", "CHAT_WRITE_FORBIDDEN")

// inlineResultClass is the class InlineResult.
var inlineResultClass = spec.Class{
	Name: "InlineResult", Call: "result", Go: reflect.TypeFor[*inlineResult](),
	Doc: "One of the offers of a bot.",
	Text: func(v any) string {
		r := v.(*inlineResult)
		return "InlineResult(" + r.GetType() + " " + strconv.Quote(r.title()) + ")"
	},
	Fields: []spec.Field{
		spec.Get("id", "What the bot calls it.", func(r *inlineResult) string { return r.GetID() }),
		spec.Get("type", "What it is: article, photo, gif, video, audio, voice, file, sticker, geo, venue, contact or game.", func(r *inlineResult) string { return r.GetType() }),
		spec.Get("title", "Its title.", (*inlineResult).title).Maybe(),
		spec.Get("description", "A line below the title.", func(r *inlineResult) string {
			if with, ok := r.BotInlineResultClass.(interface{ GetDescription() (string, bool) }); ok {
				text, _ := with.GetDescription()
				return text
			}
			return ""
		}).Maybe(),
		spec.Get("text", "What would be sent, without formatting.", func(r *inlineResult) string { return r.Says() }).Maybe(),
		spec.Get("url", "A link that is shown, or where its file is on the web.", (*inlineResult).url).Maybe(),
		spec.Get("photo", "The photo, as Telegram describes it.", func(r *inlineResult) *object {
			if media, ok := r.BotInlineResultClass.(*tg.BotInlineMediaResult); ok && media.Photo != nil {
				return objectOf(media.Photo)
			}
			return nil
		}).Maybe().OutOfTable(),
		spec.Get("document", "The file, as Telegram describes it.", func(r *inlineResult) *object {
			if media, ok := r.BotInlineResultClass.(*tg.BotInlineMediaResult); ok && media.Document != nil {
				return objectOf(media.Document)
			}
			return nil
		}).Maybe().OutOfTable(),
		spec.Get("file", "The photo or file that Telegram has, for client:download_media; nil for those on the web: url.", (*inlineResult).file).Maybe().OutOfTable(),
		spec.Get("message", "What would be sent, as Telegram describes it.", func(r *inlineResult) *object { return objectOf(r.Message()) }).OutOfTable(),
		spec.Get("raw", "The offer as Telegram describes it.", func(r *inlineResult) *object { return objectOf(r.BotInlineResultClass) }).OutOfTable(),
	},
	Methods: []spec.Func{resultClick},
}

func (r *inlineResult) title() string {
	if with, ok := r.BotInlineResultClass.(interface{ GetTitle() (string, bool) }); ok {
		title, _ := with.GetTitle()
		return title
	}
	return ""
}

func (r *inlineResult) url() string {
	one, ok := r.BotInlineResultClass.(*tg.BotInlineResult)
	switch {
	case !ok:
		return ""
	case one.URL != "":
		return one.URL
	case one.Content != nil:
		return one.Content.GetURL()
	}
	return ""
}

// file is what Telegram has of the offer.
func (r *inlineResult) file() *file {
	media, ok := r.BotInlineResultClass.(*tg.BotInlineMediaResult)
	if !ok {
		return nil
	}
	if photo, ok := media.Photo.(*tg.Photo); ok {
		return fileOf(r.Of.Account.PhotoFile(photo, telegram.Origin{}))
	}
	if document, ok := media.Document.(*tg.Document); ok {
		return fileOf(r.Of.Account.DocumentFile(document, telegram.Origin{}))
	}
	return nil
}
