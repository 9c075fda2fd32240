package sandbox

import (
	"cmp"
	"slices"
)

// Info is what a client needs to be pointed at a Server, as `tgscript sandbox --json` prints it.
type Info struct {
	Address   string       `json:"address"`
	DC        int          `json:"dc"`
	PublicKey string       `json:"public_key"` // path of a PEM file; "" for a server in memory
	APIID     int          `json:"api_id"`
	APIHash   string       `json:"api_hash"`
	Code      string       `json:"code"`
	People    []InfoPerson `json:"people"`
	Bots      []InfoBot    `json:"bots"`
	Chats     []InfoChat   `json:"chats"`
}

// InfoPerson is one person of an Info.
type InfoPerson struct {
	Name     string `json:"name"`
	ID       int64  `json:"id"`
	Phone    string `json:"phone"`
	Username string `json:"username"`
	Password string `json:"password,omitempty"`
}

// InfoBot is one bot of an Info.
type InfoBot struct {
	Name     string `json:"name"`
	ID       int64  `json:"id"`
	Username string `json:"username"`
	Token    string `json:"token"`
}

// InfoChat is one chat of an Info; its id is marked: -5 for a group, -1000000000005 for a channel.
type InfoChat struct {
	Title string `json:"title"`
	ID    int64  `json:"id"`
	Kind  string `json:"kind"`
}

// Info says what a client needs to be pointed at this server.
func (s *Server) Info() Info {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := Info{
		Address: s.dcs[firstDC].address, DC: firstDC, APIID: s.seed.APIID, APIHash: s.seed.APIHash, Code: s.seed.Code,
		People: []InfoPerson{}, Bots: []InfoBot{}, Chats: []InfoChat{},
	}
	if s.dir != nil {
		info.PublicKey = s.dir.file(publicKeyFile)
	}
	for _, p := range s.everything() {
		if c := s.chats[p]; c != nil {
			info.Chats = append(info.Chats, InfoChat{Title: c.title, ID: p.marked(), Kind: c.kind})
			continue
		}
		u := s.users[p.id]
		switch {
		case u.service:
		case u.bot:
			info.Bots = append(info.Bots, InfoBot{Name: u.name, ID: u.id, Username: u.username, Token: u.token})
		default:
			person := InfoPerson{Name: u.name, ID: u.id, Phone: "+" + u.phone, Username: u.username}
			if u.password != nil {
				person.Password = u.password.Plain
			}
			info.People = append(info.People, person)
		}
	}
	slices.SortFunc(info.Chats, func(a, b InfoChat) int { return cmp.Compare(b.ID, a.ID) })
	return info
}
