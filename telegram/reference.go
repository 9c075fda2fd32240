package telegram

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// reference is a Name taken apart: exactly one field but text is set.
type reference struct {
	text   string // as it was given
	self   bool
	id     int64  // marked
	name   string // user name
	phone  string // digits
	invite string // hash of an invite link
	title  string
	bare   bool   // name was written without anything that says it is one: it may be a title as well
	wrong  string // why a link names nobody
}

var (
	userName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{2,31}$`)
	number   = regexp.MustCompile(`^-?[0-9]{1,18}$`)
	phone    = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{4,24}$`)
	hash     = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)
)

// NameParts is a Name taken apart, for those who recognise people without asking Telegram. One field is set, but
// Username and Title both for a single word: nothing tells which it is. None is set for a name that is empty.
type NameParts struct {
	Self     bool
	ID       int64  // marked
	Username string // without the @
	Phone    string // digits
	Invite   string // what stands for the chat in an invite link
	Title    string // exact name of a contact or chat
}

// Parts takes the name apart as Resolve does.
func (n Name) Parts() NameParts {
	r := refer(string(n))
	return NameParts{Self: r.self, ID: r.id, Username: r.name, Phone: r.phone, Invite: r.invite, Title: r.title}
}

// refer understands all the ways in which people write who is meant.
func refer(text string) reference {
	r := reference{text: text}
	text = strings.TrimSpace(text)
	switch lower := strings.ToLower(text); {
	case lower == "me" || lower == "self":
		r.self = true
	case r.link(text, lower):
	case strings.HasPrefix(text, "@") && userName.MatchString(text[1:]):
		r.name = text[1:]
	case number.MatchString(text):
		r.id, _ = strconv.ParseInt(text, 10, 64)
	case strings.HasPrefix(text, "+") && phone.MatchString(text):
		r.phone = digits(text)
	case userName.MatchString(text):
		r.name, r.title, r.bare = text, text, true
	default:
		r.title = text
	}
	return r
}

// link understands https://core.telegram.org/api/links as far as they name a peer.
func (r *reference) link(text, lower string) bool {
	if strings.HasPrefix(lower, "tg:") {
		u, err := url.Parse("tg://" + strings.TrimLeft(text[len("tg:"):], "/"))
		return err == nil && r.tg(u)
	}
	for _, scheme := range []string{"https://", "http://"} {
		if strings.HasPrefix(lower, scheme) {
			text, lower = text[len(scheme):], lower[len(scheme):]
			break
		}
	}
	host, _, _ := strings.Cut(lower, "/")
	host, _, _ = strings.Cut(host, "?")
	host = strings.TrimPrefix(host, "www.")
	switch {
	case host == "web.telegram.org": // https://web.telegram.org/k/#@name, #-100123_45 with a topic
		_, fragment, _ := strings.Cut(text, "#")
		fragment, _, _ = strings.Cut(strings.TrimPrefix(fragment, "?tgaddr="), "_")
		if number.MatchString(fragment) {
			r.id, _ = strconv.ParseInt(fragment, 10, 64)
		} else if name := strings.TrimPrefix(fragment, "@"); userName.MatchString(name) {
			r.name = name
		}
		return r.id != 0 || r.name != ""
	case host == "t.me" || host == "telegram.me" || host == "telegram.dog":
	case strings.HasSuffix(host, ".t.me") && userName.MatchString(strings.TrimSuffix(host, ".t.me")):
		r.name = strings.TrimSuffix(host, ".t.me")
		return true
	default:
		return false
	}
	u, err := url.Parse("https://" + text)
	return err == nil && r.path(strings.Split(strings.Trim(u.Path, "/"), "/"))
}

// cutInvite is about a link that looks like an invitation.
const cutInvite = "no invite link is like that: copy it whole"

func (r *reference) path(parts []string) bool {
	first := parts[0]
	next := func() string {
		if len(parts) > 1 {
			return parts[1]
		}
		return ""
	}
	switch {
	case first == "joinchat" && hash.MatchString(next()):
		r.invite = next()
	case first == "joinchat":
		r.wrong = cutInvite
	case strings.HasPrefix(first, "+"), strings.HasPrefix(first, " "): // a plus that became a blank
		switch rest := first[1:]; {
		case number.MatchString(rest):
			r.phone = rest // t.me/+491700000000
		case hash.MatchString(rest):
			r.invite = rest
		default:
			r.wrong = cutInvite
		}
	case first == "c" && number.MatchString(next()): // t.me/c/1234/56, a message in a private channel
		bare, err := strconv.ParseInt(next(), 10, 64)
		r.id = channelID(bare)
		return err == nil && bare > 0
	case (first == "s" || first == "boost") && userName.MatchString(next()): // the preview of a channel, a boost of it
		r.name = next()
	case elsewhere[strings.ToLower(first)] != "":
		r.wrong = "the link leads to " + elsewhere[strings.ToLower(first)] + ", not to a chat"
	case userName.MatchString(strings.TrimPrefix(first, "@")):
		r.name = strings.TrimPrefix(first, "@")
	default:
		return false
	}
	return true
}

// elsewhere are the first words of links that look like user names and lead to something else.
//
// See https://core.telegram.org/api/links.
var elsewhere = map[string]string{
	"addlist": "a folder of chats", "addstickers": "a sticker set", "addemoji": "a set of custom emoji", "addtheme": "a theme",
	"bg": "a wallpaper", "share": "a form for sharing", "proxy": "a proxy", "socks": "a proxy", "login": "a login code",
	"confirmphone": "a confirmation", "setlanguage": "a language", "invoice": "an invoice", "giftcode": "a gift code",
	"nft": "a collectible", "iv": "a page in instant view", "call": "a call", "contact": "a contact without a name", "m": "a business chat",
}

func (r *reference) tg(u *url.URL) bool {
	q := u.Query()
	id := func(key string) int64 {
		n, err := strconv.ParseInt(q.Get(key), 10, 64)
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	switch u.Host {
	case "resolve":
		if name := strings.TrimPrefix(q.Get("domain"), "@"); userName.MatchString(name) {
			r.name = name
		} else {
			r.phone = digits(q.Get("phone"))
		}
		return r.name != "" || r.phone != ""
	case "join":
		r.invite = q.Get("invite")
		return hash.MatchString(r.invite)
	case "user":
		r.id = id("id")
	case "openmessage":
		if r.id = id("user_id"); r.id == 0 {
			r.id = groupID(id("chat_id"))
		}
	case "privatepost":
		if bare := id("channel"); bare > 0 {
			r.id = channelID(bare)
		}
	}
	return r.id != 0
}
