package bindings

import (
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/rpcerrors"
)

// ownErrors are the kinds of errors that don't come from Telegram.
var ownErrors = []spec.ErrorKind{
	{Kind: "ACCOUNT_LOST", Doc: "The session has ended: it was signed out elsewhere, or the account is banned."},
	{Kind: "ANSWER_REFUSED", Doc: "No answer passed the `check` of a question. `tries` says how many there were."},
	{Kind: "ARGS", Doc: "config.yaml gives the script what it doesn't take: tg.args."},
	{Kind: "ARGUMENT", Doc: "An argument is of the wrong type, missing or out of bounds."},
	{Kind: "BATCH", Doc: "Some calls of client.api{ ... } failed. `errors` and `answers` are lists, with false where there is none."},
	{Kind: "BUTTON_INVALID", Doc: "A button can't be made so."},
	{Kind: "BUTTON_UNKNOWN", Doc: "The message has no such button."},
	{Kind: "CANCELLED", Doc: "The script was reloaded or stopped while the call waited, or the conversation was cancelled; `word` is the answer that did it."},
	{Kind: "CHAT_KIND", Doc: "This is not possible in a chat of this kind."},
	{Kind: "CONVERSATION_BUSY", Doc: "The chat is in another conversation: `script` and `handler` say in whose, and `since` since when."},
	{Kind: "DISK_FULL", Doc: "There is no room for a file that is received."},
	{Kind: "ENCODE", Doc: "A value can't be written as JSON, YAML or CSV: `path` says which part of it."},
	{Kind: "ERROR", Doc: "Anything that has no kind of its own."},
	{Kind: "EXEC", Doc: "A program could not be started, or was run with `check` and failed: `code` is its exit code, `stderr` what it said."},
	{Kind: "EXPECTED", Doc: "In a test: what it expects has not come about. `message` says what is there instead."},
	{Kind: "FILE_CHANGED", Doc: "A file was changed while it was sent."},
	{Kind: "FILE_EMPTY", Doc: "A file without a byte can't be sent."},
	{Kind: "FILE_ERROR", Doc: "The file system refused a file in another way."},
	{Kind: "FILE_EXISTS", Doc: "There is a file of that name already."},
	{Kind: "FILE_INCOMPLETE", Doc: "Telegram gave less of a file than it said there is."},
	{Kind: "FILE_NOT_FOUND", Doc: "There is no such file, or it can't be read."},
	{Kind: "FILE_TOO_LARGE", Doc: "A file is larger than Telegram takes, or than the call may hold in memory."},
	{Kind: "GLOBAL_OPTIONS", Doc: "A search in all chats knows neither author nor thread."},
	{Kind: "GLOBAL_REVERSE", Doc: "A search in all chats goes from the newest message back."},
	{Kind: "HOST", Doc: "The program can't carry out an order of tg.host: it takes none, or the script that gives it is still being loaded."},
	{Kind: "HTTP", Doc: "A web server could not be reached, or did not answer as HTTP has it. `url` says which."},
	{Kind: "HTTP_STATUS", Doc: "A web server refused a request made with `check`: `status` is its number, `body` what it said."},
	{Kind: "INTERNAL", Doc: "A fault in tgscript: please report it."},
	{Kind: "LIMIT_WAIT", Doc: "A limit of the script's own (tg.limit) would have to be waited for longer than it allows."},
	{Kind: "LISTEN", Doc: "A webhook can't listen at its address: it is taken, or isn't this machine's."},
	{Kind: "MODULE", Doc: "What `require` names was not found, or failed to load."},
	{Kind: "NOT_ANSWERED", Doc: "In a test: no traffic leaves it, and it says nothing about what the script asked for. `url` is what that was."},
	{Kind: "NOT_COPIED", Doc: "A message of this kind can't be copied."},
	{Kind: "NOT_SCHEDULED", Doc: "The message is none that is sent later."},
	{Kind: "NO_DISCUSSION", Doc: "The post has no discussion."},
	{Kind: "NO_LOCALE", Doc: "There are no texts of this language."},
	{Kind: "NO_POLL", Doc: "The message has no poll."},
	{Kind: "NO_PREVIEW_URL", Doc: "There is no link to show a preview of."},
	{Kind: "NO_REPLY", Doc: "No script answers requests of this name."},
	{Kind: "NO_SUCH_ANSWER", Doc: "The poll has no such answer."},
	{Kind: "NO_SUCH_MESSAGE", Doc: "There is no such message."},
	{Kind: "NO_SUCH_SCRIPT", Doc: "No script of this name runs here."},
	{Kind: "OFFER_INVALID", Doc: "An inline result can't be made so."},
	{Kind: "OUTCOME_UNKNOWN", Doc: "The connection was lost before Telegram answered: the call may have been carried out or not."},
	{Kind: "PACE_WAIT", Doc: "Pacing would hold the call up for longer than its flood_limit allows.", Value: "seconds"},
	{Kind: "PARSE", Doc: "A text is not what it should be: JSON, YAML, CSV, a pattern, a time. `line` and `column` say where, if that is known."},
	{Kind: "PEER_UNKNOWN", Doc: "Nobody is known of this name, number, link or id. The message says what was tried."},
	{Kind: "PERMISSION_DENIED", Doc: "The script may not do this: the message names the line of config.yaml that allows it."},
	{Kind: "PRICE", Doc: "The price is another than the script agreed to."},
	{Kind: "PROXY", Doc: "The proxy does not work."},
	{Kind: "QUOTE_NOT_FOUND", Doc: "The answered message does not contain the quoted text."},
	{Kind: "REQUEST_FAILED", Doc: "A script did not answer a request: its handler failed, it was reloaded or stopped meanwhile, or has too much to do. `script` says which."},
	{Kind: "SCRIPT_ERROR", Doc: "A script could not be loaded: the message says where and why. Its old version goes on."},
	{Kind: "SQL", Doc: "SQLite refused a statement: `code` is its extended result code, as in https://sqlite.org/rescode.html."},
	{Kind: "STORE_QUOTA", Doc: "tg.store or tg.job would hold more than it may, or a key, a value or what is told to scripts is too long: `limit` says how much, and `what`."},
	{Kind: "TIMEOUT", Doc: "The call took longer than it may. `seconds` says how long that was."},
	{Kind: "TOO_LARGE", Doc: "Something is larger than its limit: an answer, what a program wrote, a file, a state."},
	{Kind: "TOO_MANY", Doc: "The script has as many timers, spawned calls or handlers as it may: `limit` says how many."},
	{Kind: "TOO_MANY_MESSAGES", Doc: "More messages came in a conversation than its `max_messages`."},
	{Kind: "UNKNOWN_NAME", Doc: "There is no function, field, option or event of this name."},
	{Kind: "WHICH_SCRIPT", Doc: "Several scripts could be meant: the message lists them."},
}

// errorKinds are ours, and then Telegram's.
func errorKinds() []spec.ErrorKind {
	known := rpcerrors.All()
	kinds := make([]spec.ErrorKind, 0, len(ownErrors)+len(known))
	for _, own := range ownErrors {
		own.Own = true
		kinds = append(kinds, own)
	}
	for _, k := range known {
		doc := rpcerrors.Explain(k.Kind, 0)
		if doc != "" {
			doc = strings.ToUpper(doc[:1]) + doc[1:] + "."
		}
		kinds = append(kinds, spec.ErrorKind{Kind: k.Kind, Doc: doc, Codes: k.Codes, Methods: k.Methods, Value: k.Number})
	}
	return kinds
}
