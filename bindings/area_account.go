package bindings

import (
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
)

// accountArea: The account itself: dialogs, contacts, profile, privacy, sessions.
var accountArea = area{
	title:   "The account",
	classes: []spec.Class{dialogClass, draftClass, folderClass, loginClass, limitClass},
	fields: map[string][]spec.Field{
		"Client": {
			spec.Get("dc", "Number of the data center where the account lives.", func(cl *client) int { return cl.account.DataCenter() }),
		},
	},
	methods: map[string][]spec.Func{
		"Client": slices.Concat(
			under("Dialogs, drafts and folders",
				iterDialogs, getDialogs, getDialog, deleteDialog, editFolder, pinDialog, reorderPinnedDialogs, markUnread,
				iterDrafts, getDrafts, saveDraft,
				getFolders, createFolder, deleteFolder, reorderFolders,
				muteChat, unmuteChat, getNotifySettings, setNotifySettings),
			under("Contacts",
				getContacts, addContact, importContact, deleteContacts, searchContacts, blockUser, unblock, iterBlocked, getBlocked),
			under("Profile and privacy",
				updateProfile, updateUsername, setOnline, setEmojiStatus, setBirthday, setColour,
				getPrivacy, setPrivacy),
			under("Sessions and sign-in",
				getSessions, terminateOthers, acceptLogin, logOut, getTTL, setTTL, changePhone, getPasswordInfo, edit2fa),
			under("The account",
				with, takeout, endTakeout,
				isConnected, isBot, isUserAuthorized, serverTime, catchUp, getConfig, getPacing),
			under("Events", listHandlers),
		),
	},
	tg: []spec.Func{newLimit},
}
