package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// accountArea: The account itself: dialogs, contacts, profile, privacy, sessions.
var accountArea = area{
	classes: []spec.Class{dialogClass, draftClass, folderClass, loginClass, limitClass},
	fields: map[string][]spec.Field{
		"Client": {
			spec.Get("dc", "Number of the data center where the account lives.", func(cl *client) int { return cl.account.DataCenter() }),
		},
	},
	methods: map[string][]spec.Func{
		"Client": {
			with,
			iterDialogs, getDialogs, getDialog, deleteDialog, editFolder, pinDialog, reorderPinnedDialogs, markUnread,
			iterDrafts, getDrafts, saveDraft,
			getFolders, createFolder, deleteFolder, reorderFolders,
			muteChat, unmuteChat, getNotifySettings, setNotifySettings,
			getContacts, addContact, importContact, deleteContacts, searchContacts, blockUser, unblock, iterBlocked, getBlocked,
			updateProfile, updateUsername, setOnline, setEmojiStatus, setBirthday, setColour,
			getPrivacy, setPrivacy,
			getSessions, terminateOthers, acceptLogin, logOut, getTTL, setTTL, changePhone, getPasswordInfo, edit2fa,
			takeout, endTakeout,
			isConnected, isBot, isUserAuthorized, serverTime, catchUp, getConfig, getPacing, listHandlers,
		},
	},
	tg: []spec.Func{newLimit},
}
