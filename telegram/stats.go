package telegram

import (
	"context"
	"fmt"
	"reflect"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// StatsOptions say how statistics come. The zero value loads all graphs.
type StatsOptions struct {
	Dark       bool // colours for a dark background
	NoGraphs   bool // leave graphs that Telegram makes only on request as they are: *tg.StatsGraphAsync
	GraphLimit int  // how many graphs are loaded at most; 0 is all
}

// Stats asks for the statistics of a channel (*tg.StatsBroadcastStats) or supergroup (*tg.StatsMegagroupStats), which
// its admins may see if it is large enough. Others are refused with CHAT_ADMIN_REQUIRED, basic groups with
// *ChatKindError. https://core.telegram.org/api/stats
func (a *Account) Stats(ctx context.Context, chat Target, o StatsOptions) (any, error) {
	var found any
	err := a.inChannel(ctx, "get stats", chat, func(peer Peer, channel tg.InputChannelClass) error {
		return a.atStatistics(ctx, peer, channel, func(api *tg.Client) (err error) {
			if known, ok := peer.Chat.(*tg.Channel); !ok || known.Broadcast {
				found, err = untyped(api.StatsGetBroadcastStats(ctx, &tg.StatsGetBroadcastStatsRequest{Dark: o.Dark, Channel: channel}))
			}
			if found == nil && err == nil || tgerr.Is(err, "BROADCAST_REQUIRED") {
				found, err = untyped(api.StatsGetMegagroupStats(ctx, &tg.StatsGetMegagroupStatsRequest{Dark: o.Dark, Channel: channel}))
			}
			if err == nil {
				err = loadGraphs(ctx, api, found, o)
			}
			return err
		})
	})
	return found, err
}

// MessageStats asks for the statistics of one message.
func (a *Account) MessageStats(ctx context.Context, chat Target, id int, o StatsOptions) (*tg.StatsMessageStats, error) {
	var found *tg.StatsMessageStats
	err := a.inChannel(ctx, "get stats", chat, func(peer Peer, channel tg.InputChannelClass) error {
		return a.atStatistics(ctx, peer, channel, func(api *tg.Client) (err error) {
			found, err = api.StatsGetMessageStats(ctx, &tg.StatsGetMessageStatsRequest{Dark: o.Dark, Channel: channel, MsgID: id})
			if err == nil {
				err = loadGraphs(ctx, api, found, o)
			}
			return err
		})
	})
	return found, err
}

// untyped keeps a nil of a type from looking like an answer.
func untyped[T any](v *T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}

// atStatistics makes a call where a channel's statistics are kept, which may be another data center.
//
// See https://core.telegram.org/api/stats.
func (a *Account) atStatistics(ctx context.Context, peer Peer, channel tg.InputChannelClass, call func(api *tg.Client) error) error {
	err := call(a.API())
	rpc, ok := tgerr.As(err)
	if !ok || rpc.Type != "STATS_MIGRATE" {
		return err
	}
	api, err := a.apiOn(ctx, rpc.Argument)
	if err != nil {
		return fmt.Errorf("go to data center %d for statistics: %w", rpc.Argument, err)
	}
	return call(api)
}

// loadGraphs replaces the graphs that Telegram makes on request only.
func loadGraphs(ctx context.Context, api *tg.Client, stats any, o StatsOptions) error {
	if o.NoGraphs {
		return nil
	}
	v := reflect.Indirect(reflect.ValueOf(stats))
	loaded := 0
	for i := range v.NumField() {
		field := v.Field(i)
		if field.Type() != reflect.TypeFor[tg.StatsGraphClass]() || field.IsNil() {
			continue
		}
		later, ok := field.Interface().(*tg.StatsGraphAsync)
		if !ok || o.GraphLimit > 0 && loaded >= o.GraphLimit {
			continue
		}
		graph, err := api.StatsLoadAsyncGraph(ctx, &tg.StatsLoadAsyncGraphRequest{Token: later.Token})
		if tgerr.Is(err, "GRAPH_EXPIRED_RELOAD") { // of these statistics it can't be had any more
			continue
		}
		if err != nil {
			return fmt.Errorf("load graph: %w", err)
		}
		field.Set(reflect.ValueOf(graph))
		loaded++
	}
	return nil
}
