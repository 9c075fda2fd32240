package bindings

import (
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
)

// keyboardArea: Buttons, keyboards, inline mode, payments and the rest of what bots do.
var keyboardArea = area{
	title: "Buttons and inline mode",
	classes: []spec.Class{
		buttonClass, keyboardClass, menuClass, menuPageClass, replyMarkupClass, messageButtonClass, clickResultClass,
		callbackClass, inlineQueryClass, inlineBuilderClass, offerClass, inlineChosenClass, inlineIDClass, inlineResultsClass, inlineResultClass,
		preCheckoutClass, shippingClass, paymentClass, webAppDataClass, peersSharedClass,
	},
	fields: map[string][]spec.Field{
		"Message": buttonFields,
	},
	methods: map[string][]spec.Func{
		"Client": slices.Concat(
			[]spec.Func{buildReplyMarkup, editInlineMessage, clientInlineQuery, startBot},
			under("What a bot shows of itself",
				setBotCommands, getBotCommands, deleteBotCommands, publishCommands, suggestCommands,
				setBotInfo, getBotInfo, setMenuButton, getMenuButton, setDefaultRights),
			under("Payments", sendInvoice, exportInvoice, getPaymentForm, pay, refundStars, starsBalance, iterTransactions, getTransactions),
			under("Games and web apps", sendGame, setGameScore, getGameScores, requestWebView, answerWebApp),
		),
		"Message": {click, getButtons, waitClick},
	},
	aliases: buttonAliases,
	tg:      []spec.Func{newKeyboard, newMenu},
	within:  []spec.Namespace{buttonSpace},
}

// keyboardEvents are the events that buttons, inline queries and payments make.
var keyboardEvents = []eventRow{
	callbackRow, inlineQueryRow, inlineChosenRow, preCheckoutRow, shippingRow, paymentRow, webAppDataRow, peersSharedRow,
}
