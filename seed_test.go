package tgscript

import (
	"errors"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

const goodSeed = `
code: "54321"
people:
  - {name: ann, phone: "+42777111", username: ann, password: "${SECRET}"}
  - {name: ben, phone: "+42777112", dc: 4, premium: true}
bots:
  - {name: Helper, username: helper_bot, token: "9001:AAsandbox", private: true}
chats:
  - {title: Office, kind: supergroup, creator: ann, members: [ben, Helper], username: office}
  - {title: Lunch, kind: group, creator: ben}
`

func TestSeedsAreRead(t *testing.T) {
	seed, err := parseSeed("people.yaml", []byte(goodSeed), func(string) (string, bool) { return "horse", true })
	if err != nil {
		t.Fatal(err)
	}
	if seed.People[0].Premium || !seed.People[1].Premium {
		t.Errorf("who has Premium: %+v", seed.People)
	}
	s, err := sandbox.New(sandbox.Options{Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	info := s.Info()
	if info.Code != "54321" || info.APIID != sandbox.DefaultSeed().APIID {
		t.Errorf("code %s, api_id %d", info.Code, info.APIID)
	}
	if len(info.People) != 2 || info.People[0].Name != "ann" || info.People[0].Password != "horse" || len(info.Bots) != 1 || len(info.Chats) != 2 {
		t.Errorf("there are %+v", info)
	}
	if _, err := s.Person("ben").Send(t.Context(), "Office", "hello", sandbox.SendOptions{}); err != nil {
		t.Errorf("ben isn't in the office: %v", err)
	}
}

func TestMistakesInASeedAreToldWithTheirPlace(t *testing.T) {
	for name, row := range map[string]struct{ source, want string }{
		"an unknown key":       {"people:\n  - {name: ann, phon: 1, phone: 2}\n", `s.yaml:2:17: unknown key "phon" in people[0]: did you mean "phone"?`},
		"no people":            {"code: 1\n", "s.yaml:1:1: a sandbox needs people"},
		"an empty file":        {"", "a sandbox needs people"},
		"no name":              {"people: [{phone: 1}]\n", "s.yaml:1:10: people[0] needs name"},
		"a name of two":        {"people: [{name: ann, phone: 1}, {name: Ann, phone: 2}]\n", `s.yaml:1:40: the name "Ann" is taken`},
		"people that are none": {"people: ann\n", "s.yaml:1:9: people takes a list"},
		"an unknown kind":      {"people: [{name: ann, phone: 1}]\nchats: [{title: A, kind: groop, creator: ann}]\n", `s.yaml:2:26: chats[0].kind takes group, supergroup or channel, not "groop": did you mean "group"?`},
		"an unknown creator":   {"people: [{name: ann, phone: 1}]\nchats: [{title: A, kind: group, creator: anna}]\n", `nobody is called "anna": did you mean "ann"?`},
		"an unknown member":    {"people: [{name: ann, phone: 1}]\nchats: [{title: A, kind: group, creator: ann, members: [zoe]}]\n", `nobody is called "zoe"; known are ann`},
		"a number that isn't":  {"people: [{name: ann, phone: 1, id: x}]\n", "s.yaml:1:36: people[0].id takes a whole number"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseSeed("s.yaml", []byte(row.source), func(string) (string, bool) { return "", false })
			var place *ConfigError
			if !errors.As(err, &place) || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %s", err, row.want)
			}
		})
	}
	if _, err := LoadSeed("nowhere.yaml"); err == nil {
		t.Error("nothing is a seed")
	}
}
