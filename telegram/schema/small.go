package schema

import "strings"

// Small tells the 64-bit numbers that a float64 holds exactly from those that it doesn't: ids of users, chats and
// channels have at most 52 bits (https://core.telegram.org/api/bots/ids), and sizes, amounts and times stay below
// that. All others may have any bit set.
func Small(constructor, field string) bool {
	if peerIDs[field] {
		return true
	}
	if field == "id" {
		for _, prefix := range []string{"user", "chat", "channel"} {
			switch strings.TrimPrefix(constructor, prefix) {
			case "", "Empty", "Forbidden", "Full":
				return strings.HasPrefix(constructor, prefix)
			}
		}
		return false
	}
	for _, word := range quantities {
		if strings.Contains(field, word) {
			return true
		}
	}
	return field == "offset"
}

// peerIDs are the fields that name users, chats and channels by number alone.
var peerIDs = map[string]bool{
	"user_id": true, "chat_id": true, "channel_id": true, "bot_id": true, "admin_id": true, "inviter_id": true, "actor_id": true,
	"via_bot_id": true, "linked_chat_id": true, "users": true, "chats": true, "bots": true, "admins": true, "channels": true,
	"participant_id": true, "participants": true, "kicked_by": true, "promoted_by": true, "approved_by": true, "requested_by": true,
	"recent_requesters": true, "recent_viewers": true, "winners": true, "personal_channel_id": true, "guard_bot_id": true,
	"via_business_bot_id": true, "business_bot_id": true, "bot_manager_id": true, "new_creator_id": true, "linked_monoforum_id": true,
	"migrated_from_chat_id": true, "receiver_id": true, "from_id": true, "to_id": true, "contact_id": true, "other_uids": true,
	"exclude_users": true, "joined_chat_ids": true, "creator_chat_ids": true, "author_id": true, "admin_disallowed_chat_id": true,
	"broadcast_id": true, "top_bidders": true, "owner_id": true, "community_id": true, "linked_community_id": true,
}

// quantities are in the names of what is counted or measured.
var quantities = []string{
	"amount", "stars", "price", "size", "revenue", "timestamp", "time_ms", "unread", "rating", "balance", "availability", "value",
}
