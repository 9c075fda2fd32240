package bindings

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

var deleteRow = plainKind[*telegram.DeleteEvent](telegram.EventDelete, "DeleteEvent",
	"Messages were deleted. Telegram tells the chat of supergroups and channels alone: of private chats and basic groups it is known if this process "+
		"has seen the message; "+
		"else event.chat is nil, and the filter `chats` doesn't fit.",
	`client:on("delete", { chats = "@news" }, function(event)
  tg.log("gone", table.concat(event.deleted_ids, ", "))
end)`)

// deleteEventClass is the class DeleteEvent.
var deleteEventClass = occurrenceClass[*telegram.DeleteEvent](telegram.EventDelete, "DeleteEvent", "Messages of one chat that are gone.", []spec.Field{
	fact("deleted_ids", "Their numbers.", func(e *telegram.DeleteEvent) []int { return e.IDs }),
	fact("deleted_id", "The first of them.", func(e *telegram.DeleteEvent) int {
		if len(e.IDs) == 0 {
			return 0
		}
		return e.IDs[0]
	}),
}, respondTo[*telegram.DeleteEvent](telegram.EventDelete))
