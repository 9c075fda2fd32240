package tgscript

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// The YAML form of a sandbox's seed, as `tgscript sandbox --seed FILE` reads it.
type (
	seedFile struct {
		APIID   int        `yaml:"api_id"`
		APIHash string     `yaml:"api_hash"`
		Code    string     `yaml:"code"`
		People  seedPeople `yaml:"people"`
		Bots    seedBots   `yaml:"bots"`
		Chats   seedChats  `yaml:"chats"`
	}
	seedPerson struct {
		ID       int    `yaml:"id"`
		Name     string `yaml:"name"`
		LastName string `yaml:"last_name"`
		Phone    string `yaml:"phone"`
		Username string `yaml:"username"`
		Password string `yaml:"password"`
		Hint     string `yaml:"hint"`
		DC       int    `yaml:"dc"`
		Premium  bool   `yaml:"premium"`
	}
	seedBot struct {
		ID       int    `yaml:"id"`
		Name     string `yaml:"name"`
		Username string `yaml:"username"`
		Token    string `yaml:"token"`
		DC       int    `yaml:"dc"`
		Private  bool   `yaml:"private"`
	}
	seedChat struct {
		ID       int     `yaml:"id"`
		Title    string  `yaml:"title"`
		Kind     string  `yaml:"kind"`
		Username string  `yaml:"username"`
		Creator  string  `yaml:"creator"`
		Members  Strings `yaml:"members"`
		Invite   string  `yaml:"invite"`
	}
	seedPeople []seedPerson
	seedBots   []seedBot
	seedChats  []seedChat
)

// LoadSeed reads who lives in a sandbox from a YAML file. What the file doesn't name (api_id, api_hash, code)
// is as in [sandbox.DefaultSeed]; its people, bots and chats take the place of the default ones. The error
// holds every mistake found, each a *ConfigError with file, line and column.
func LoadSeed(path string) (*sandbox.Seed, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read seed: %w", err)
	}
	return parseSeed(path, source, os.LookupEnv)
}

func parseSeed(path string, source []byte, env func(string) (string, bool)) (*sandbox.Seed, error) {
	d := &decoder{file: path, dir: filepath.Dir(path), env: env, sources: map[*yaml.Node]string{}, origins: map[string]Origin{}}
	root, err := d.tree(source)
	if err != nil {
		return nil, err
	}
	var f seedFile
	d.value(root, reflect.ValueOf(&f).Elem(), "")
	if len(f.People) == 0 {
		d.fail(root, "a sandbox needs people: write people: [{name: alice, phone: \"+427770001\"}]")
	}
	f.check(d, root)
	return f.seed(), d.err()
}

func (l *seedPeople) decode(d *decoder, n *yaml.Node, path string) {
	seedList(d, n, path, l, "name", "phone")
}

func (l *seedBots) decode(d *decoder, n *yaml.Node, path string) {
	seedList(d, n, path, l, "name", "token")
}

func (l *seedChats) decode(d *decoder, n *yaml.Node, path string) {
	seedList(d, n, path, l, "title", "kind", "creator")
}

// seedList decodes a list of mappings, each of which must have some keys.
func seedList[T any, L ~[]T](d *decoder, n *yaml.Node, path string, list *L, needed ...string) {
	if n.Kind != yaml.SequenceNode {
		d.fail(n, "%s takes a list (lines that begin with -), not %s", path, shape(n))
		return
	}
	for i, item := range n.Content {
		var one T
		at := fmt.Sprintf("%s[%d]", path, i)
		d.value(item, reflect.ValueOf(&one).Elem(), at)
		for _, key := range needed {
			if item.Kind == yaml.MappingNode && valueOf(item, key) == nil {
				d.fail(item, "%s needs %s", at, key)
			}
		}
		*list = append(*list, one)
	}
}

// check finds names that are used twice, and names of nobody: the sandbox couldn't tell where they stand.
func (f *seedFile) check(d *decoder, root *yaml.Node) {
	var people, everybody []string
	seen := map[string]bool{}
	once := func(list, key string, i int, name string) {
		lower := strings.ToLower(name)
		if name == "" || !seen[lower] {
			seen[lower] = true
			return
		}
		d.fail(seedNode(root, list, i, key), "the name %q is taken", name)
	}
	for i, p := range f.People {
		once("people", "name", i, p.Name)
		once("people", "username", i, otherThan(p.Username, p.Name))
		people = append(people, p.Name)
	}
	everybody = slices.Clone(people)
	for i, b := range f.Bots {
		once("bots", "name", i, b.Name)
		once("bots", "username", i, otherThan(b.Username, b.Name))
		everybody = append(everybody, b.Name)
	}
	kinds := []string{sandbox.KindGroup, sandbox.KindSupergroup, sandbox.KindChannel}
	for i, c := range f.Chats {
		once("chats", "title", i, c.Title)
		once("chats", "username", i, otherThan(c.Username, c.Title))
		if c.Kind != "" && !slices.Contains(kinds, c.Kind) {
			d.fail(seedNode(root, "chats", i, "kind"), "chats[%d].kind takes group, supergroup or channel, not %q%s", i, c.Kind, suggest(c.Kind, kinds))
		}
		if c.Creator != "" && !slices.Contains(people, c.Creator) {
			d.fail(seedNode(root, "chats", i, "creator"), "chats[%d].creator: nobody is called %q%s", i, c.Creator, suggest(c.Creator, people))
		}
		for _, name := range c.Members {
			if !slices.Contains(everybody, name) {
				d.fail(seedNode(root, "chats", i, "members"), "chats[%d].members: nobody is called %q%s", i, name, suggest(name, everybody))
			}
		}
	}
}

// otherThan is a user name that isn't the name in other letters: alice may be @alice.
func otherThan(username, name string) string {
	if strings.EqualFold(username, name) {
		return ""
	}
	return username
}

// seedNode is where a value stands, or the nearest place there is.
func seedNode(root *yaml.Node, list string, i int, key string) *yaml.Node {
	n := valueOf(root, list)
	if n == nil || i >= len(n.Content) {
		return root
	}
	if at := valueOf(n.Content[i], key); at != nil {
		return at
	}
	return n.Content[i]
}

// valueOf is what a mapping has under a key, nil for nothing.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// id is what the token begins with, as at Telegram, unless the file says something else.
func (b seedBot) id() int64 {
	if b.ID != 0 {
		return int64(b.ID)
	}
	digits, _, _ := strings.Cut(b.Token, ":")
	id, _ := strconv.ParseInt(digits, 10, 64) // 0 picks one
	return id
}

func (f *seedFile) seed() *sandbox.Seed {
	seed := sandbox.DefaultSeed()
	seed.People, seed.Bots, seed.Chats = nil, nil, nil
	if f.APIID != 0 {
		seed.APIID = f.APIID
	}
	if f.APIHash != "" {
		seed.APIHash = f.APIHash
	}
	if f.Code != "" {
		seed.Code = f.Code
	}
	for _, p := range f.People {
		seed.People = append(seed.People, sandbox.SeedPerson{
			ID: int64(p.ID), Name: p.Name, LastName: p.LastName, Phone: p.Phone, Username: p.Username, Password: p.Password, Hint: p.Hint, DC: p.DC, Premium: p.Premium,
		})
	}
	for _, b := range f.Bots {
		seed.Bots = append(seed.Bots, sandbox.SeedBot{ID: b.id(), Name: b.Name, Username: b.Username, Token: b.Token, DC: b.DC, Private: b.Private})
	}
	for _, c := range f.Chats {
		seed.Chats = append(seed.Chats, sandbox.SeedChat{
			ID: int64(c.ID), Title: c.Title, Kind: c.Kind, Username: c.Username, Creator: c.Creator, Members: c.Members, Invite: c.Invite,
		})
	}
	return seed
}
