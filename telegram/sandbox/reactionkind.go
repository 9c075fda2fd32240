package sandbox

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/tg"
)

// customReaction begins the keys of reactions that are custom emoji; other keys are emoji.
const customReaction = "custom:"

// reactionKey names a reaction as it is kept, "" for none.
func reactionKey(in tg.ReactionClass) (string, error) {
	switch in := in.(type) {
	case *tg.ReactionEmpty:
		return "", nil
	case *tg.ReactionEmoji:
		if key := plainEmoji(in.Emoticon); slices.Contains(allowedReactions, key) {
			return key, nil
		}
	case *tg.ReactionCustomEmoji:
		return customReaction + strconv.FormatInt(in.DocumentID, 10), nil
	}
	return "", bad("REACTION_INVALID")
}

func reactionTG(key string) tg.ReactionClass {
	if number, custom := strings.CutPrefix(key, customReaction); custom {
		id, _ := strconv.ParseInt(number, 10, 64) // reactionKey has written it
		return &tg.ReactionCustomEmoji{DocumentID: id}
	}
	return &tg.ReactionEmoji{Emoticon: key}
}

// How many reactions one account may put below a message.
//
// See https://core.telegram.org/api/config#reactions-user-max-default.
const (
	reactionsAtMost        = 1
	reactionsAtMostPremium = 3
)

// reactionsAllowed says whether u may react so to a message of a chat.
func (s *Server) reactionsAllowed(u *user, p peer, keys []string) error {
	most := reactionsAtMost
	if u.prefs.Premium {
		most = reactionsAtMostPremium
	}
	if len(keys) > most {
		return bad("REACTIONS_TOO_MANY")
	}
	ch := s.chats[p]
	for _, key := range keys {
		custom := strings.HasPrefix(key, customReaction)
		if ch == nil {
			if custom && !u.prefs.Premium {
				return forbidden("PREMIUM_ACCOUNT_REQUIRED")
			}
			continue
		}
		switch allowed := ch.reactions().(type) {
		case *tg.ChatReactionsNone:
			return bad("REACTION_INVALID")
		case *tg.ChatReactionsSome:
			if !slices.ContainsFunc(allowed.Reactions, func(one tg.ReactionClass) bool {
				known, err := reactionKey(one)
				return err == nil && known == key
			}) {
				return bad("REACTION_INVALID")
			}
		default:
			if custom && !u.prefs.Premium {
				return forbidden("PREMIUM_ACCOUNT_REQUIRED")
			}
		}
	}
	return nil
}

// reactionsKept is how many of its reactions an account is reminded of.
const reactionsKept = 50

// reacted notes what an account likes to react with.
func (p *preferences) reacted(keys []string) {
	for _, key := range keys {
		p.Recent = slices.DeleteFunc(p.Recent, func(other string) bool { return other == key })
		p.Recent = slices.Insert(p.Recent, 0, key)
		if p.Often == nil {
			p.Often = map[string]int{}
		}
		p.Often[key]++
	}
	p.Recent = p.Recent[:min(len(p.Recent), reactionsKept)]
}

// topReactions are those that an account uses most, then all others.
func (p *preferences) topReactions() []string {
	list := slices.Clone(allowedReactions)
	for key := range p.Often {
		if strings.HasPrefix(key, customReaction) {
			list = append(list, key)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(p.Often[b], p.Often[a]), cmp.Compare(strings.Index(b, customReaction), strings.Index(a, customReaction)))
	})
	return list
}
