package bindings

import (
	"context"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type takeoutOptions struct {
	Contacts   bool  `lua:"contacts,optional" doc:"Contacts."`
	Users      bool  `lua:"users,optional" doc:"Messages of private chats."`
	Chats      bool  `lua:"chats,optional" doc:"Messages of groups."`
	Megagroups bool  `lua:"megagroups,optional" doc:"Messages of supergroups."`
	Channels   bool  `lua:"channels,optional" doc:"Messages of channels."`
	Files      bool  `lua:"files,optional" doc:"Files."`
	MaxFile    int64 `lua:"max_file_size,optional" doc:"The largest file, in bytes."`
}

func (o takeoutOptions) options() telegram.TakeoutOptions {
	return telegram.TakeoutOptions{
		Contacts: o.Contacts, Users: o.Users, Chats: o.Chats, Megagroups: o.Megagroups, Channels: o.Channels,
		Files: o.Files || o.MaxFile > 0, MaxFile: o.MaxFile,
	}
}

type takeoutArgs struct {
	Opts takeoutOptions `lua:"options" doc:"What is taken out."`
	Func spec.Callback  `lua:"fn" type:"fun(takeout: Client)" doc:"Called with a client whose calls are part of the takeout."`
}

var takeout = spec.Method("takeout", "Take data out: calls of the client that the function gets are limited less. The takeout ends with the function, "+
	"as a success unless it raises an error. Telegram may want to wait a day first: TAKEOUT_INIT_DELAY tells the seconds. The config has to allow it.",
	func(c *spec.Call, cl *client, in takeoutArgs) (spec.None, error) {
		if err := guard(c, "account.initTakeoutSession"); err != nil {
			return spec.None{}, err
		}
		id, err := cl.account.InitTakeout(c, in.Opts.options())
		if err != nil {
			return spec.None{}, err
		}
		_, failed := in.Func.Call(c, cl.view(telegram.CallOptions{Takeout: id}))
		ended := cl.account.FinishTakeout(context.WithoutCancel(c.Context), id, failed == nil)
		if failed != nil {
			return spec.None{}, failed
		}
		return spec.None{}, ended
	},
).Raises("PERMISSION_DENIED", "TAKEOUT_INIT_DELAY").Example(`client:takeout({ users = true, contacts = true }, function(takeout)
  for dialog in takeout:iter_dialogs() do print(dialog.name) end
end)`)

type endTakeoutArgs struct {
	Success bool `lua:"success" doc:"Whether all was had that was wanted."`
}

var endTakeout = spec.Method("end_takeout", "End the takeout of this client before its function ends.",
	func(c *spec.Call, cl *client, in endTakeoutArgs) (bool, error) {
		if cl.call.Takeout == 0 {
			return false, nil
		}
		return true, cl.account.FinishTakeout(c, cl.call.Takeout, in.Success)
	},
).Raises("TAKEOUT_REQUIRED", "TAKEOUT_INVALID").Example(`client:takeout({ contacts = true }, function(takeout)
  takeout:end_takeout(false)
end)`)
