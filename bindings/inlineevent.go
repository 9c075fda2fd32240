package bindings

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// inlineQuery is an inline query as scripts see it.
type inlineQuery struct {
	*telegram.InlineQuery
	matches []any
}

var inlineQueryRow = botEvent[*telegram.InlineQuery]{
	kind: telegram.EventInlineQuery, class: "InlineQueryEvent",
	doc: "Somebody types a query after the name of this bot, in any chat. BotFather switches inline mode on: /setinline.",
	sample: `client:on("inline_query", function(event)
  event:answer({
    { title = "Bold", text = "**" .. event.text .. "**" },
    event.builder:article("Plain", { text = event.text, buttons = { text = "Like", data = "like" } }),
  })
end)`,
	text: func(q *telegram.InlineQuery) string { return q.Text },
	wrap: func(q *telegram.InlineQuery, matches []any) any { return &inlineQuery{q, matches} },
}.row()

// inlineQueryClass is the class InlineQueryEvent.
var inlineQueryClass = spec.Class{
	Name: "InlineQueryEvent", Call: "event", Go: reflect.TypeFor[*inlineQuery](),
	Doc: "An inline query, as the handlers of `inline_query` get it.",
	Text: func(v any) string {
		q := v.(*inlineQuery)
		return "InlineQueryEvent(" + strconv.Quote(q.Text) + " from " + decimal(q.Sender.ID) + ")"
	},
	Equal: func(a, b any) bool { return a.(*inlineQuery).ID == b.(*inlineQuery).ID },
	Fields: slices.Concat([]spec.Field{
		spec.Get("id", "Number of the query; a string, for it has 64 bits.", func(q *inlineQuery) string { return decimal(q.ID) }),
		spec.Get("text", "What was typed after the bot's name.", func(q *inlineQuery) string { return q.Text }),
		spec.Get("query", "The same as text.", func(q *inlineQuery) string { return q.Text }),
		spec.Get("offset", "The next_offset of the answer before, when the person has scrolled to its end; else empty.", func(q *inlineQuery) string { return q.Offset }),
		spec.Get("matches", "What the captures of the `pattern` filter matched, or the whole match if it has none; empty without a pattern.",
			func(q *inlineQuery) []any { return q.matches }).Is("string[]"),
		spec.Get("geo", "Where the person is, for bots that ask for it.", func(q *inlineQuery) *geoPlace { return placeOf(q.Geo) }).Is("{ lat: number, long: number }").Maybe(),
		spec.Get("chat_kind", "In what kind of chat it is typed.", func(q *inlineQuery) string { return placeNames[typeName(q.Place)] }).
			Is(`"self"|"user"|"bot"|"group"|"supergroup"|"channel"`).Maybe(),
		spec.Get("builder", "Makes offers. A table of the same options does, too.", func(q *inlineQuery) *inlineBuilder { return &inlineBuilder{q.Account} }).OutOfTable(),
	}, sceneFields[*inlineQuery]()),
	Methods: slices.Concat([]spec.Func{inlineAnswer}, sceneMethods[*inlineQuery](telegram.EventInlineQuery)),
}

// geoPlace is a place on earth as scripts see it.
type geoPlace struct {
	Lat  float64 `lua:"lat"`
	Long float64 `lua:"long"`
}

func placeOf(g *tg.GeoPoint) *geoPlace {
	if g == nil {
		return nil
	}
	return &geoPlace{g.Lat, g.Long}
}

// placeNames are the kinds of chats in which queries are typed.
var placeNames = map[string]string{
	"inlineQueryPeerTypeSameBotPM": "self", "inlineQueryPeerTypePM": "user", "inlineQueryPeerTypeBotPM": "bot",
	"inlineQueryPeerTypeChat": "group", "inlineQueryPeerTypeMegagroup": "supergroup", "inlineQueryPeerTypeBroadcast": "channel",
}

// typeName is a constructor's name; "" for nil.
func typeName(v interface{ TypeName() string }) string {
	if v == nil || reflect.ValueOf(v).IsZero() {
		return ""
	}
	return v.TypeName()
}

type inlineAnswerOptions struct {
	CacheTime     int    `lua:"cache_time,optional" doc:"For how many seconds Telegram may give the same answer itself."`
	Private       bool   `lua:"private,optional" doc:"And only to the same person."`
	Gallery       bool   `lua:"gallery,optional" doc:"Show a grid of pictures, not a list."`
	NextOffset    string `lua:"next_offset,optional" doc:"There is more: comes back as event.offset when the person scrolls to the end."`
	SwitchPM      words  `lua:"switch_pm,optional" doc:"Text of a button above the offers that opens the chat with the bot."`
	SwitchPMParam string `lua:"switch_pm_param,optional" doc:"What the bot gets there after /start."`
	WebApp        string `lua:"web_app,optional" doc:"Address of a mini app that the button opens in place of the chat."`
}

type inlineAnswerArgs struct {
	Offers offers              `lua:"offers" doc:"What to choose from, up to 50: what event.builder makes, or tables."`
	Opts   inlineAnswerOptions `lua:"options,optional" doc:"How they are shown."`
}

var inlineAnswer = spec.Method("answer", "Answer the query with offers to choose from. An offer is what event.builder makes, or a table: title, and one of text, file, geo, venue, contact or game.",
	func(c *spec.Call, q *inlineQuery, in inlineAnswerArgs) (spec.None, error) {
		list, err := in.Offers.made(c, q.Account)
		if err != nil {
			return spec.None{}, err
		}
		o := in.Opts
		if o.SwitchPM != "" && o.SwitchPMParam == "" && o.WebApp == "" {
			o.SwitchPMParam = "start" // Telegram wants one
		}
		return spec.None{}, q.Answer(c, list, telegram.InlineAnswer{
			CacheTime: o.CacheTime, Private: o.Private, Gallery: o.Gallery, NextOffset: o.NextOffset,
			SwitchPM: string(o.SwitchPM), SwitchPMParam: o.SwitchPMParam, WebApp: o.WebApp,
		})
	},
).InOrder().Example(`client:on("inline_query", { pattern = "^cat" }, function(event)
  event:answer({ { title = "A cat", file = "https://example.com/cat.jpg" } }, { cache_time = 300, gallery = true })
end)`).Raises("QUERY_ID_INVALID", "RESULT_ID_DUPLICATE", "OFFER_INVALID")

// inlineChosen is an offer that was sent, as scripts see it.
type inlineChosen struct {
	*telegram.InlineChosen
	matches []any
}

var inlineChosenRow = botEvent[*telegram.InlineChosen]{
	kind: telegram.EventInlineChosen, class: "InlineChosenEvent",
	doc: "Somebody has sent one of the bot's offers. BotFather switches it on: /setinlinefeedback.",
	sample: `client:on("inline_chosen", function(event)
  tg.log(event.sender.name, "sent", event.id)
end)`,
	text: func(e *telegram.InlineChosen) string { return e.Query },
	wrap: func(e *telegram.InlineChosen, matches []any) any { return &inlineChosen{e, matches} },
}.row()

// inlineChosenClass is the class InlineChosenEvent.
var inlineChosenClass = spec.Class{
	Name: "InlineChosenEvent", Call: "event", Go: reflect.TypeFor[*inlineChosen](),
	Doc:  "An offer that was sent, as the handlers of `inline_chosen` get it.",
	Text: func(v any) string { return "InlineChosenEvent(" + strconv.Quote(v.(*inlineChosen).ID) + ")" },
	Fields: slices.Concat([]spec.Field{
		spec.Get("id", "The id of the offer.", func(e *inlineChosen) string { return e.ID }),
		spec.Get("query", "What was typed.", func(e *inlineChosen) string { return e.Query }),
		spec.Get("matches", "What the captures of the `pattern` filter matched in the query.", func(e *inlineChosen) []any { return e.matches }).Is("string[]"),
		spec.Get("geo", "Where the person is, for bots that ask for it.", func(e *inlineChosen) *geoPlace { return placeOf(e.Geo) }).Is("{ lat: number, long: number }").Maybe(),
		spec.Get("message", "The message, to be edited; nil for one without buttons.", func(e *inlineChosen) *inlineID {
			if e.Message == nil {
				return nil
			}
			return &inlineID{e.Message, e.Account}
		}).Maybe(),
	}, sceneFields[*inlineChosen]()),
	Methods: sceneMethods[*inlineChosen](telegram.EventInlineChosen),
}
