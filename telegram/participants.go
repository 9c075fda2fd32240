package telegram

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/gotd/td/tg"
)

const (
	participantsPage  = 200    // the most that Telegram gives at once
	participantsReach = 10_000 // and the farthest that it goes for one question
)

// ParticipantsOptions choose participants. The zero value takes all that Telegram lists.
type ParticipantsOptions struct {
	Limit  int    // 0 takes all
	Search string // beginnings of words in names, and of user names
	// Filter is "" for all, or one of recent, admins, bots, contacts, banned, kicked, mentions. Telegram calls
	// banned who may do less than others, and kicked who is kept out.
	Filter string
	// Aggressive finds more than the 10,000 that Telegram lists, by many searches. It takes as many requests as
	// there are 200 participants and more.
	Aggressive bool
}

// Participants goes through the participants of a chat; a private chat has one, the other side. Of large groups
// Telegram lists 10,000 (see Aggressive), of channels only what their admins may see: others are refused with
// CHAT_ADMIN_REQUIRED. https://core.telegram.org/method/channels.getParticipants
func (a *Account) Participants(chat Target, o ParticipantsOptions) *Cursor[*Participant] {
	p := &participantPages{a: a, chat: chat, o: o, seen: map[int64]bool{}, todo: []string{o.Search}}
	return newCursor(o.Limit, p.next)
}

// ParticipantCount is how many participants a chat has.
func (a *Account) ParticipantCount(ctx context.Context, chat Target) (count int, err error) {
	err = a.inChat(ctx, "count participants", chat, chatCall{
		channel: func(_ Peer, channel tg.InputChannelClass) error {
			full, err := a.API().ChannelsGetFullChannel(ctx, channel)
			if err != nil {
				return err
			}
			if about, ok := full.FullChat.(*tg.ChannelFull); ok {
				count = about.ParticipantsCount
			}
			return nil
		},
		group: func(peer Peer, id int64) error {
			all, err := a.groupParticipants(ctx, peer, id)
			count = len(all)
			return err
		},
	})
	return count, err
}

// participantPages asks for one page after another.
type participantPages struct {
	a    *Account
	chat Target
	o    ParticipantsOptions

	peer   Peer // of the chat, once it is known
	filter tg.ChannelParticipantsFilterClass
	local  func(*Participant) bool // what Telegram doesn't filter; nil for nothing
	offset int
	total  int
	seen   map[int64]bool // members come and go while pages are read, so one may come twice
	todo   []string       // searches; the first is under way
	heads  map[rune]bool  // letters that words of names begin or go on with: further searches are made of them
}

func (p *participantPages) next(ctx context.Context) ([]*Participant, int, error) {
	if p.peer.Input == nil {
		if err := p.begin(ctx); err != nil {
			return nil, -1, fmt.Errorf("get participants: %w", err)
		}
	}
	channel, ok := p.peer.inputChannel()
	if !ok {
		return p.atOnce(ctx)
	}
	answer, err := p.a.API().ChannelsGetParticipants(ctx, &tg.ChannelsGetParticipantsRequest{
		Channel: channel, Filter: p.filterFor(p.todo[0]), Offset: p.offset, Limit: participantsPage,
	})
	if err != nil {
		return nil, -1, fmt.Errorf("get participants: %w", err)
	}
	page, ok := answer.(*tg.ChannelsChannelParticipants)
	if !ok {
		return nil, -1, fmt.Errorf("get participants: the answer is %T", answer)
	}
	if p.offset == 0 && len(p.seen) == 0 {
		p.total = page.Count
	}
	var fresh []*Participant
	for _, raw := range page.Participants {
		one := p.a.participant(p.peer, raw)
		p.note(one)
		if !p.seen[one.ID] && (p.local == nil || p.local(one)) {
			fresh = append(fresh, one)
		}
		p.seen[one.ID] = true
	}
	p.offset += len(page.Participants)
	if len(page.Participants) == 0 || p.offset >= page.Count {
		err = p.turn(page.Count)
	}
	return fresh, p.total, err
}

// turn goes to the next search, io.EOF after the last. One that has met more than Telegram lists is made anew with
// one more letter, for all letters.
func (p *participantPages) turn(count int) error {
	done := p.todo[0]
	if p.o.Aggressive && p.offset < count && len(p.seen) < max(p.total, count) {
		for letter := range p.heads {
			p.todo = append(p.todo, done+string(letter))
		}
	}
	p.todo, p.offset = p.todo[1:], 0
	if len(p.todo) == 0 || p.o.Aggressive && len(p.seen) >= p.total && p.o.Search == "" {
		return io.EOF
	}
	return nil
}

// letters are what the words of names are made of, besides those that names were seen to have.
const letters = "abcdefghijklmnopqrstuvwxyz0123456789абвгдежзийклмнопрстуфхцчшщыэюя"

// note remembers of which letters a name is made.
func (p *participantPages) note(one *Participant) {
	if !p.o.Aggressive || one.User == nil {
		return
	}
	for _, letter := range strings.ToLower(one.User.FirstName + one.User.LastName + one.User.Username) {
		if unicode.IsLetter(letter) || unicode.IsDigit(letter) {
			p.heads[letter] = true
		}
	}
}

// begin resolves the chat and chooses the filter.
func (p *participantPages) begin(ctx context.Context) error {
	peer, err := p.a.Resolve(ctx, p.chat)
	if err != nil {
		return err
	}
	p.heads = map[rune]bool{}
	for _, letter := range letters {
		p.heads[letter] = true
	}
	called := func(one *Participant) bool { return called(one.User, p.o.Search) }
	switch p.o.Filter {
	case "", "recent", "banned", "kicked", "contacts", "mentions":
	case "admins":
		p.filter = &tg.ChannelParticipantsAdmins{}
	case "bots":
		p.filter = &tg.ChannelParticipantsBots{}
	default:
		return fmt.Errorf("no filter of participants is called %q", p.o.Filter)
	}
	if p.filter != nil && p.o.Search != "" {
		p.local = called
	}
	if p.o.Filter != "" && p.o.Filter != "recent" {
		p.o.Aggressive = false // these lists are short
	}
	p.peer = peer
	return nil
}

// filterFor is the filter with its search.
func (p *participantPages) filterFor(search string) tg.ChannelParticipantsFilterClass {
	switch p.o.Filter {
	case "admins", "bots":
		return p.filter
	case "banned":
		return &tg.ChannelParticipantsBanned{Q: search}
	case "kicked":
		return &tg.ChannelParticipantsKicked{Q: search}
	case "contacts":
		return &tg.ChannelParticipantsContacts{Q: search}
	case "mentions":
		return &tg.ChannelParticipantsMentions{Q: search}
	}
	if search == "" && !p.o.Aggressive {
		return &tg.ChannelParticipantsRecent{}
	}
	return &tg.ChannelParticipantsSearch{Q: search}
}

// atOnce lists basic groups and private chats, which come whole; Telegram filters nothing there.
func (p *participantPages) atOnce(ctx context.Context) ([]*Participant, int, error) {
	if p.peer.IsUser() {
		found, err := p.a.Entity(ctx, p.peer)
		if err != nil {
			return nil, -1, fmt.Errorf("get participants: %w", err)
		}
		return []*Participant{{Peer: found, Chat: p.peer}}, 1, io.EOF
	}
	_, id := unmark(p.peer.ID)
	all, err := p.a.groupParticipants(ctx, p.peer, id)
	if err != nil {
		return nil, -1, fmt.Errorf("get participants: %w", err)
	}
	var fitting []*Participant
	for _, one := range all {
		if p.fits(one) && called(one.User, p.o.Search) {
			fitting = append(fitting, one)
		}
	}
	return fitting, len(fitting), io.EOF
}

func (p *participantPages) fits(one *Participant) bool {
	switch p.o.Filter {
	case "admins":
		return one.Role() == RoleAdmin || one.Role() == RoleCreator
	case "bots":
		return one.User != nil && one.User.Bot
	case "contacts":
		return one.User != nil && one.User.Contact
	case "banned", "kicked":
		return false // basic groups forget whom they have thrown out
	}
	return true
}

// called says whether a word of somebody's name, or their user name, begins like this.
func called(u *tg.User, search string) bool {
	search = strings.ToLower(strings.TrimSpace(search))
	if search == "" {
		return true
	}
	if u == nil {
		return false
	}
	whole := strings.ToLower(u.FirstName + " " + u.LastName)
	if strings.HasPrefix(whole, search) || strings.HasPrefix(strings.ToLower(u.Username), strings.TrimPrefix(search, "@")) {
		return true
	}
	for _, word := range strings.Fields(whole) {
		if strings.HasPrefix(word, search) {
			return true
		}
	}
	return false
}
