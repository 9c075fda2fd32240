package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type statsOptions struct {
	Dark   bool  `lua:"dark,optional" doc:"Colours for a dark background."`
	Graphs *bool `lua:"graphs,optional" doc:"Load all graphs, which takes a request for each that Telegram makes only then. Default: true."`
}

type statsArgs struct {
	Chat    target       `lua:"chat" doc:"Of which channel or supergroup."`
	Message messageID    `lua:"message,optional" doc:"Of which message; nil for the whole chat."`
	Opts    statsOptions `lua:"options,optional" doc:"How."`
}

var getStats = spec.Method("get_stats", "Ask for the statistics of a channel, a supergroup or a message, which its admins may see. "+
	"Graphs are JSON, as https://core.telegram.org/api/stats describes it.",
	func(c *spec.Call, cl *client, in statsArgs) (*object, error) {
		options := telegram.StatsOptions{Dark: in.Opts.Dark, NoGraphs: in.Opts.Graphs != nil && !*in.Opts.Graphs}
		if in.Message != 0 {
			found, err := cl.account.MessageStats(c, in.Chat.Target, int(in.Message), options)
			if err != nil {
				return nil, err
			}
			return objectOf(found), nil
		}
		found, err := cl.account.Stats(c, in.Chat.Target, options)
		if err != nil {
			return nil, err
		}
		return objectOf(found), nil
	},
).Example(`local stats = client:get_stats("@my_news", nil, { graphs = false })
print(stats.followers.current, stats.followers.previous)`).Raises("CHAT_ADMIN_REQUIRED", "STATS_UNAVAILABLE", "CHAT_KIND")
