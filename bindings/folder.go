package bindings

import (
	"reflect"
	"strconv"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// folder is one of the account's own views of its chats, as scripts see it.
type folder struct {
	telegram.Folder
	account *telegram.Account
}

func chatsOf(list []telegram.Target, account *telegram.Account) []*peer {
	peers := make([]*peer, 0, len(list))
	for _, one := range list {
		switch one := one.(type) {
		case telegram.Peer:
			peers = append(peers, peerOf(one))
		case telegram.Name: // "me"
			peers = append(peers, userPeer(account.Self()))
		}
	}
	return peers
}

// folderClass is the class Folder.
var folderClass = spec.Class{
	Name: "Folder", Call: "folder", Go: reflect.TypeFor[*folder](),
	Doc:   "A folder that the account has made: a view of its chats.",
	Text:  func(v any) string { f := v.(*folder); return "Folder(" + strconv.Itoa(f.ID) + " " + f.Title + ")" },
	Equal: func(a, b any) bool { return a.(*folder).ID == b.(*folder).ID },
	Fields: []spec.Field{
		spec.Get("id", "Number of the folder.", func(f *folder) int { return f.ID }),
		spec.Get("title", "Its name.", func(f *folder) string { return f.Title }),
		spec.Get("emoticon", "The emoji of its picture.", func(f *folder) string { return f.Emoticon }).Maybe(),
		spec.Get("is_shared", "Others can be invited to it.", func(f *folder) bool { return f.Shared }),
		spec.Get("contacts", "Has chats with all contacts.", func(f *folder) bool { return f.Contacts }),
		spec.Get("non_contacts", "Has chats with all other people.", func(f *folder) bool { return f.NonContacts }),
		spec.Get("groups", "Has all groups.", func(f *folder) bool { return f.Groups }),
		spec.Get("channels", "Has all channels.", func(f *folder) bool { return f.Channels }),
		spec.Get("bots", "Has all bots.", func(f *folder) bool { return f.Bots }),
		spec.Get("exclude_muted", "Without muted chats.", func(f *folder) bool { return f.ExcludeMuted }),
		spec.Get("exclude_read", "Without chats that are read.", func(f *folder) bool { return f.ExcludeRead }),
		spec.Get("exclude_archived", "Without archived chats.", func(f *folder) bool { return f.ExcludeArchived }),
		spec.Get("pinned", "Chats at its top.", func(f *folder) []*peer { return chatsOf(f.Pinned, f.account) }),
		spec.Get("include", "Chats that are in it whatever their kind.", func(f *folder) []*peer { return chatsOf(f.Include, f.account) }),
		spec.Get("exclude", "Chats that are not in it whatever their kind.", func(f *folder) []*peer { return chatsOf(f.Exclude, f.account) }),
	},
	Methods: []spec.Func{folderEdit, folderDelete},
}

// folderOptions are what is in a folder; what isn't given stays.
type folderOptions struct {
	Title           *string   `lua:"title,optional" doc:"Its name: 12 letters at most."`
	Emoticon        *string   `lua:"emoticon,optional" doc:"The emoji of its picture."`
	Contacts        *bool     `lua:"contacts,optional" doc:"Chats with all contacts."`
	NonContacts     *bool     `lua:"non_contacts,optional" doc:"Chats with all other people."`
	Groups          *bool     `lua:"groups,optional" doc:"All groups."`
	Channels        *bool     `lua:"channels,optional" doc:"All channels."`
	Bots            *bool     `lua:"bots,optional" doc:"All bots."`
	ExcludeMuted    *bool     `lua:"exclude_muted,optional" doc:"Without muted chats."`
	ExcludeRead     *bool     `lua:"exclude_read,optional" doc:"Without chats that are read."`
	ExcludeArchived *bool     `lua:"exclude_archived,optional" doc:"Without archived chats."`
	Pinned          *[]target `lua:"pinned,optional" doc:"Chats at its top." type:"Target|Target[]"`
	Include         *[]target `lua:"include,optional" doc:"Chats that are in it whatever their kind." type:"Target|Target[]"`
	Exclude         *[]target `lua:"exclude,optional" doc:"Chats that are not in it whatever their kind." type:"Target|Target[]"`
}

// apply changes a folder.
func (o folderOptions) apply(f *telegram.Folder) {
	for to, from := range map[*string]*string{&f.Title: o.Title, &f.Emoticon: o.Emoticon} {
		if from != nil {
			*to = *from
		}
	}
	for to, from := range map[*bool]*bool{
		&f.Contacts: o.Contacts, &f.NonContacts: o.NonContacts, &f.Groups: o.Groups, &f.Channels: o.Channels, &f.Bots: o.Bots,
		&f.ExcludeMuted: o.ExcludeMuted, &f.ExcludeRead: o.ExcludeRead, &f.ExcludeArchived: o.ExcludeArchived,
	} {
		if from != nil {
			*to = *from
		}
	}
	for to, from := range map[*[]telegram.Target]*[]target{&f.Pinned: o.Pinned, &f.Include: o.Include, &f.Exclude: o.Exclude} {
		if from != nil {
			*to = targetsOf(*from)
		}
	}
}

var getFolders = spec.Method("get_folders", "List the folders that the account has made, in their order.",
	func(c *spec.Call, cl *client, _ spec.None) ([]*folder, error) {
		list, err := cl.account.Folders(c)
		folders := make([]*folder, len(list))
		for i, f := range list {
			folders[i] = &folder{*f, cl.account}
		}
		return folders, err
	},
).Example(`for _, folder in ipairs(client:get_folders()) do print(folder.title, #folder.include) end`)

type createFolderArgs struct {
	Title string        `lua:"title" doc:"Its name: 12 letters at most."`
	Opts  folderOptions `lua:"options" doc:"What is in it."`
}

var createFolder = spec.Method("create_folder", "Make a folder.",
	func(c *spec.Call, cl *client, in createFolderArgs) (*folder, error) {
		f := &folder{account: cl.account}
		in.Opts.apply(&f.Folder)
		f.Title = in.Title
		var err error
		f.ID, err = cl.account.SaveFolder(c, f.Folder)
		return f, err
	},
).InOrder().Raises("FILTER_INCLUDE_EMPTY", "PEER_UNKNOWN").
	Example(`local work = client:create_folder("Work", { groups = true, exclude_muted = true, include = { "@boss" } })
print(work.id)`)

type folderEditArgs struct {
	Opts folderOptions `lua:"options" doc:"What is different; the rest stays."`
}

var folderEdit = spec.Method("edit", "Change the folder.",
	func(c *spec.Call, f *folder, in folderEditArgs) (*folder, error) {
		changed := *f
		in.Opts.apply(&changed.Folder)
		_, err := f.account.SaveFolder(c, changed.Folder)
		return &changed, err
	},
).InOrder().Raises("FILTER_INCLUDE_EMPTY", "PEER_UNKNOWN").Example(`local folder = client:get_folders()[1]
folder:edit({ title = "Play", bots = true })`)

var folderDelete = spec.Method("delete", "Delete the folder. Its chats stay.",
	func(c *spec.Call, f *folder, _ spec.None) (spec.None, error) {
		return spec.None{}, f.account.DeleteFolder(c, f.ID)
	},
).InOrder().Example(`for _, folder in ipairs(client:get_folders()) do
  if folder.title == "Old" then folder:delete() end
end`)

type folderRef int

// folderIDs reads numbers or folders.
type folderIDs struct {
	Folders []folderRef `lua:"folders" doc:"Folders or their numbers, in their new order; 0 stands for the list of all chats." type:"(integer|Folder)[]"`
}

var reorderFolders = spec.Method("reorder_folders", "Put the folders into an order.",
	func(c *spec.Call, cl *client, in folderIDs) (spec.None, error) {
		ids := make([]int, len(in.Folders))
		for i, f := range in.Folders {
			ids[i] = int(f)
		}
		return spec.None{}, cl.account.ReorderFolders(c, ids)
	},
).InOrder().Example(`local folders = client:get_folders()
client:reorder_folders({ folders[2], folders[1] })`)

type folderArgs struct {
	Folder folderRef `lua:"folder" doc:"Which one: its number, or the folder itself." type:"integer|Folder"`
}

var deleteFolder = spec.Method("delete_folder", "Delete a folder. Its chats stay.",
	func(c *spec.Call, cl *client, in folderArgs) (spec.None, error) {
		return spec.None{}, cl.account.DeleteFolder(c, int(in.Folder))
	},
).InOrder().Raises("FILTER_ID_INVALID").Example(`client:delete_folder(client:get_folders()[1])`)

// DecodeLua reads a number or a folder.
func (r *folderRef) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		if n, ok := whole(v); ok && n >= 0 && n < 1<<31 {
			*r = folderRef(n)
			return nil
		}
	case *vm.UserData:
		if f, ok := v.Value.(*folder); ok {
			*r = folderRef(f.ID)
			return nil
		}
	}
	return spec.Expected("folder or its number", v)
}
