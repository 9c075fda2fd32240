package sandbox

import (
	"cmp"
	"slices"
)

// Fidelity says how much of a method is there.
type Fidelity string

// The fidelities.
const (
	Works  Fidelity = "works" // does what Telegram's does, with its errors, as far as clients can tell
	Partly Fidelity = "part"  // does less; the note says what
	Canned Fidelity = "fixed" // answers what is well-formed and says nothing
)

// Method is a TL method that a server emulates.
type Method struct {
	Name     string
	Callers  string // who may call it
	Fidelity Fidelity
	Note     string // what it lacks
}

type shortfall struct {
	fidelity Fidelity
	note     string
}

// shortfalls are the methods that don't do all that Telegram's do.
var shortfalls = map[string]shortfall{
	"messages.acceptUrlAuth":             {Partly, "nobody signs in: the address comes back as the button has it"},
	"messages.requestWebView":            {Partly, "what tells the app who opens it has no signature"},
	"messages.requestSimpleWebView":      {Partly, "what tells the app who opens it has no signature"},
	"messages.sendBotRequestedPeer":      {Partly, "names and photos are not told"},
	"messages.setGameScore":              {Partly, "a bot has a game of every short name"},
	"channels.editLocation":              {Canned, "no group has a place, so every call is refused"},
	"channels.setStickers":               {Partly, "there are no sets: any short name will do"},
	"payments.getStarsTopupOptions":      {Canned, "stars aren't sold: every person begins with a thousand"},
	"payments.sendPaymentForm":           {Partly, "any credentials will do, no money moves"},
	"bots.answerWebhookJSONQuery":        {Canned, "there are no such queries"},
	"bots.getAdminedBots":                {Canned, "bots have no owner"},
	"bots.sendCustomRequest":             {Canned, "there are no such methods"},
	"stats.getBroadcastStats":            {Partly, "the last 30 days; growth, followers, interactions and reactions have graphs"},
	"stats.getMegagroupStats":            {Partly, "the last 30 days; growth, members and messages have graphs"},
	"stats.getMessageStats":              {Partly, "all views are of the day of the post"},
	"account.reportPeer":                 {Canned, "the peer is checked, nobody reads the report"},
	"channels.reportSpam":                {Canned, "the peer is checked, nobody reads the report"},
	"contacts.getTopPeers":               {Canned, "switched off"},
	"help.getAppConfig":                  {Canned, "one key"},
	"help.getCdnConfig":                  {Canned, "there are no CDNs"},
	"help.getConfig":                     {Partly, "Telegram's usual limits; the addresses are the sandbox's"},
	"help.getCountriesList":              {Canned, "one country, with the code +42"},
	"help.getNearestDc":                  {Canned, "the data centre that is asked"},
	"help.getPromoData":                  {Canned, "none"},
	"help.getTermsOfServiceUpdate":       {Canned, "none"},
	"help.saveAppLog":                    {Canned, "nothing is kept"},
	"langpack.getDifference":             {Canned, "no strings"},
	"langpack.getLangPack":               {Canned, "no strings"},
	"langpack.getLanguages":              {Canned, "English"},
	"langpack.getStrings":                {Canned, "no strings"},
	"messages.getAvailableReactions":     {Partly, "the emoticons are right, their pictures are empty"},
	"messages.getSuggestedDialogFilters": {Canned, "one folder, of what is unread"},
	"messages.getPeerSettings":           {Canned, "no bar above any chat"},
	"messages.getWebPage":                {Partly, "made of the address alone: nothing is fetched"},
	"messages.getWebPagePreview":         {Partly, "made of the address alone: nothing is fetched"},
	"messages.report":                    {Canned, "the peer is checked, nobody reads the report"},
	"messages.reportSpam":                {Canned, "the peer is checked, nobody reads the report"},
	"messages.sendMedia":                 {Partly, "stories and files from the web are refused; a bot has a game of every short name"},
	"account.confirmPasswordEmail":       {Canned, "there is no address that waits to be confirmed"},
	"account.updateEmojiStatus":          {Partly, "nobody has a premium account"},
	"account.updatePasswordSettings":     {Partly, "a recovery address needs no confirmation by mail"},
	"auth.resendCode":                    {Partly, "an SMS, then a call, which nobody gets: the code is the same"},
	"contacts.search":                    {Partly, "names of contacts and chats, beginnings of user names; without ranking"},
	"messages.searchGlobal":              {Partly, "without folders"},
	"messages.getDocumentByHash":         {Partly, "documents that were uploaded here"},
	"upload.getFile":                     {Partly, "without CDN redirects"},

	"messages.getMessageReadParticipants": {Partly, "the date is that of the reader's last reading in the chat"},
	"messages.readDiscussion":             {Canned, "the thread is checked, how far it was read isn't kept"},
	"messages.getOutboxReadDate":          {Partly, "the date is that of the reader's last reading in the chat"},
}

// Describe lists what is emulated, by name, and how faithfully.
func Describe() []Method {
	var list []Method
	for name, m := range methods().names {
		one := Method{Name: name, Callers: "people and bots", Fidelity: Works}
		switch {
		case m.rules&open != 0 && m.rules&people != 0:
			one.Callers = "people, also before the sign-in"
		case m.rules&open != 0:
			one.Callers = "anybody, also before the sign-in"
		case m.rules&people != 0:
			one.Callers = "people"
		case m.rules&bots != 0:
			one.Callers = "bots"
		}
		if less, ok := shortfalls[name]; ok {
			one.Fidelity, one.Note = less.fidelity, less.note
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b Method) int { return cmp.Compare(a.Name, b.Name) })
	return list
}
