package sandbox

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
