package bindings

import (
	"context"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type actionOptions struct {
	Delay      time.Duration `lua:"delay,optional" doc:"How often it is told again; 4 seconds if not given."`
	AutoCancel *bool         `lua:"auto_cancel,optional" doc:"Take it back at the end; true if not given."`
	Progress   int           `lua:"progress,optional" doc:"Of an upload, in percent."`
	Topic      messageID     `lua:"topic,optional" doc:"In this topic of a forum."`
}

func (o actionOptions) action() telegram.ActionOptions {
	return telegram.ActionOptions{
		Every: o.Delay, Stay: o.AutoCancel != nil && !*o.AutoCancel, Progress: o.Progress, Topic: int(o.Topic),
	}
}

type actionArgs struct {
	Chat target        `lua:"chat" doc:"Where."`
	Kind string        `lua:"kind" enum:"typing,contact,game,location,sticker,record-audio,record-voice,record-round,record-video,audio,voice,song,round,video,photo,document,file,import,cancel" doc:"What it looks like."`
	Opts actionOptions `lua:"options,optional" doc:"How."`
	Work spec.Callback `lua:"work" doc:"What is done meanwhile." type:"fun()"`
}

var action = spec.Method("action", "Show this account as typing, uploading or the like while a function runs. Returns what that returns.",
	func(c *spec.Call, cl *client, in actionArgs) (any, error) {
		var result any
		err := cl.account.Acting(c, in.Chat.Target, in.Kind, in.Opts.action(), func(context.Context) (err error) {
			result, err = in.Work.Call(c)
			return err
		})
		return result, err
	},
).Result("any").Example(`client:action("@friend", "typing", function()
  tg.sleep(2)
  client:send_message("@friend", "I have thought about it.")
end)`).Raises("PEER_UNKNOWN", "CHAT_WRITE_FORBIDDEN")

type sendActionArgs struct {
	Chat target            `lua:"chat" doc:"Where."`
	Kind string            `lua:"kind" enum:"typing,contact,game,location,sticker,record-audio,record-voice,record-round,record-video,audio,voice,song,round,video,photo,document,file,import,cancel" doc:"What it looks like."`
	Opts sendActionOptions `lua:"options,optional" doc:"How."`
}

type sendActionOptions struct {
	Progress int       `lua:"progress,optional" doc:"Of an upload, in percent."`
	Topic    messageID `lua:"topic,optional" doc:"In this topic of a forum."`
}

var sendAction = spec.Method("send_action", "Show this account as typing, uploading or the like for some seconds; \"cancel\" ends it.",
	func(c *spec.Call, cl *client, in sendActionArgs) (spec.None, error) {
		return spec.None{}, cl.account.SendAction(c, in.Chat.Target, in.Kind, telegram.ActionOptions{Progress: in.Opts.Progress, Topic: int(in.Opts.Topic)})
	},
).InOrder().Example(`client:send_action("@friend", "photo", { progress = 40 })`).Raises("PEER_UNKNOWN", "CHAT_WRITE_FORBIDDEN")
