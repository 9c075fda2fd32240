package bindings

import (
	"reflect"
	"slices"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

type (
	skippedEvent = *telegram.SkippedEvent
	stateEvent   = *telegram.AccountStateEvent
	blockedEvent = *telegram.BlockedEvent
	stoppedEvent = *telegram.BotStoppedEvent
)

var skippedRow = plainKind[skippedEvent](telegram.EventSkipped, "SkippedEvent",
	"Telegram did not keep some updates, after a long time without a connection: messages may have been missed. It is rare.",
	`client:on("skipped", function(event)
  tg.log("missed updates", event.from, event.to, event.chat and event.chat.name)
end)`)

// skippedEventClass is the class SkippedEvent.
var skippedEventClass = occurrenceClass[skippedEvent](telegram.EventSkipped, "SkippedEvent", "Updates that are lost.", []spec.Field{
	fact("from", "Number (pts) of the last update before them.", func(e skippedEvent) int { return e.From }),
	fact("to", "Number of the last one that is lost.", func(e skippedEvent) int { return e.To }),
})

// accountStates are what can be said of an account.
var accountStates = []string{
	"ready", string(telegram.LostRevoked), string(telegram.LostUnregistered), string(telegram.LostExpired), string(telegram.LostDuplicated),
	string(telegram.LostForgotten), string(telegram.LostBanned), string(telegram.LostDeleted),
}

// stateFilters are the filters of the event account_state.
type stateFilters struct {
	State []string `lua:"state,optional" doc:"Only this: ready, revoked, unregistered, expired, duplicated, forgotten, banned, deleted."`
	sceneFilters
}

var accountStateRow = occurrenceKind[stateEvent, stateFilters]{
	kind: telegram.EventAccountState, class: "AccountStateEvent",
	doc: "The account is signed in, or Telegram has ended its session: then nothing can be sent any more, and the scripts of the account are stopped. " +
		"A script is told `ready` if it was loaded before the sign-in was through.",
	sample: `client:on("account_state", function(event)
  tg.log("the account is", event.state, event.reason)
end)`,
	scene: func(f stateFilters) sceneFilters { return f.sceneFilters },
	accept: func(f stateFilters) func(stateEvent) bool {
		return func(e stateEvent) bool { return len(f.State) == 0 || slices.Contains(f.State, e.State) }
	},
	prepare: func(_ *spec.Call, f stateFilters) error { return knownWords("state", f.State, accountStates) },
}.row()

// accountStateEventClass is the class AccountStateEvent.
var accountStateEventClass = occurrenceClass[stateEvent](telegram.EventAccountState, "AccountStateEvent", "How the account stands with Telegram.", []spec.Field{
	fact("state", "How it is now.", func(e stateEvent) string { return e.State }).
		Is(`"ready"|"revoked"|"unregistered"|"expired"|"duplicated"|"forgotten"|"banned"|"deleted"`),
	fact("reason", "A sentence that says why, and what to do.", func(e stateEvent) string { return e.Reason }).Maybe(),
})

var botStoppedRow = plainKind[stoppedEvent](telegram.EventBotStopped, "BotStoppedEvent",
	"Somebody has blocked this bot, or has let it write again.",
	`client:on("bot_stopped", function(event)
  tg.log(event.sender_id, event.stopped and "has blocked the bot" or "is back")
end)`)

// botStoppedEventClass is the class BotStoppedEvent.
var botStoppedEventClass = occurrenceClass[stoppedEvent](telegram.EventBotStopped, "BotStoppedEvent", "Whether somebody can be written to.", []spec.Field{
	fact("stopped", "The bot is blocked.", func(e stoppedEvent) bool { return e.Stopped }),
	fact("date", "Since when.", func(e stoppedEvent) time.Time { return moment(e.Date) }).Is("number?"),
})

var blockedRow = plainKind[blockedEvent](telegram.EventBlocked, "BlockedEvent",
	"This account has blocked somebody, or blocks them no more: on another device, or by a call of its own.",
	`client:on("blocked", function(event)
  tg.log(event.sender_id, event.blocked)
end)`)

// blockedEventClass is the class BlockedEvent.
var blockedEventClass = occurrenceClass[blockedEvent](telegram.EventBlocked, "BlockedEvent", "Whether somebody is blocked.", []spec.Field{
	fact("blocked", "They are blocked now.", func(e blockedEvent) bool { return e.Blocked }),
	fact("stories", "Only from this account's stories.", func(e blockedEvent) bool { return e.Stories }),
})

// lifeFilters are the filters of the event script.
type lifeFilters struct {
	State []string `lua:"state,optional" doc:"Only this: loaded, reloaded, replaced, removed, stopping, paused, resumed."`
	handlerOptions
}

var lifeOptions = spec.OptionsOf[lifeFilters]()

// lifeStates are the states that a script is told of.
var lifeStates = []string{runtime.Loaded, runtime.Reloaded, runtime.Replaced, runtime.Removed, runtime.Stopping, runtime.Paused, runtime.Resumed}

var scriptRow = eventRow{
	Event: spec.EventOf(runtime.LifeEvent, "ScriptEvent", "Something happens to the script itself: it was loaded, or has to say goodbye. "+
		"A goodbye may make calls and has the grace time (`limits.grace`) for it. A script that waits for nothing else is at its end.", lifeOptions).
		Example(`client:on("script", { state = { "stopping", "replaced" } }, function(event)
  client:send_message("me", "Bye: " .. event.state)
end)`),
	subscribe: func(c *spec.Call, table *vm.Table, fn *vm.Function) (*handler, error) {
		filters, err := lifeOptions.Decode(c.State, "on", table)
		if err != nil {
			return nil, err
		}
		if err := knownWords("state", filters.State, lifeStates); err != nil {
			return nil, err
		}
		return filters.subscribe(c, runtime.Subscription{
			Event: runtime.LifeEvent, Handler: fn,
			Match: func(value any) (any, bool) {
				return nil, len(filters.State) == 0 || slices.Contains(filters.State, value.(runtime.Life).State)
			},
			Wrap: func(_ *vm.State, value, _ any) vm.Value {
				life := value.(runtime.Life)
				return c.Instance.Value(&life)
			},
		})
	},
}

// scriptEventClass is the class ScriptEvent.
var scriptEventClass = spec.Class{
	Name: "ScriptEvent", Call: "event", Go: reflect.TypeFor[*runtime.Life](),
	Doc:  "A turn in the life of a script.",
	Text: func(v any) string { return "ScriptEvent(" + v.(*runtime.Life).State + ")" },
	Fields: []spec.Field{
		spec.Get("state", "loaded: it serves, for the first time; reloaded: this new version serves; replaced: another version has taken over from this one; "+
			"removed: its file is gone; stopping: the script ends.", func(l *runtime.Life) string { return l.State }).
			Is(`"loaded"|"reloaded"|"replaced"|"removed"|"stopping"|"paused"|"resumed"`),
		spec.Get("generation", "Number of this version.", func(l *runtime.Life) int { return l.Generation }),
	},
	Methods: []spec.Func{stopEvent[*runtime.Life](runtime.LifeEvent)},
}
