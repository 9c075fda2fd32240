package telegram

import (
	"strings"
	"testing"
)

func TestParts(t *testing.T) {
	for name, want := range map[Name]NameParts{
		"me":               {Self: true},
		"@durov":           {Username: "durov"},
		"durov":            {Username: "durov", Title: "durov"},
		"Anna B.":          {Title: "Anna B."},
		"t.me/c/1234/5":    {ID: -1000000001234},
		"+49 170 000000":   {Phone: "49170000000"},
		"t.me/+abcdefgh12": {Invite: "abcdefgh12"},
		" ":                {},
	} {
		if got := name.Parts(); got != want {
			t.Errorf("%q: got %+v, want %+v", name, got, want)
		}
	}
}

func TestRefer(t *testing.T) {
	for text, want := range map[string]reference{
		"me":       {self: true},
		" Self ":   {self: true},
		"@durov":   {name: "durov"},
		"durov":    {name: "durov", title: "durov", bare: true},
		"Anna":     {name: "Anna", title: "Anna", bare: true},
		"Anna B.":  {title: "Anna B."},
		"@x":       {title: "@x"},
		"Родители": {title: "Родители"},
		"":         {},

		"12345":          {id: 12345},
		"-12345":         {id: -12345},
		"-1001234567890": {id: -1001234567890},
		"+49 170 000000": {phone: "49170000000"},
		"+42 (777) 0001": {phone: "427770001"},

		"t.me/durov":                              {name: "durov"},
		"https://t.me/durov":                      {name: "durov"},
		"http://www.telegram.me/durov/":           {name: "durov"},
		"HTTPS://T.ME/Durov":                      {name: "Durov"},
		"https://telegram.dog/durov/12":           {name: "durov"},
		"https://t.me/durov?start=x":              {name: "durov"},
		"https://t.me/@durov":                     {name: "durov"},
		"https://t.me/s/durov":                    {name: "durov"},
		"https://durov.t.me":                      {name: "durov"},
		"durov.t.me/5":                            {name: "durov"},
		"https://t.me/c/1234567890/55":            {id: -1001234567890},
		"https://t.me/+AbCdEf_12345-6":            {invite: "AbCdEf_12345-6"},
		"https://t.me/%20AbCdEf_12345":            {invite: "AbCdEf_12345"},
		"t.me/joinchat/AbCdEf_12345":              {invite: "AbCdEf_12345"},
		"https://t.me/+491700000000":              {phone: "491700000000"},
		"tg://resolve?domain=durov":               {name: "durov"},
		"tg:resolve?domain=durov&post=1":          {name: "durov"},
		"tg://resolve?phone=491700000000":         {phone: "491700000000"},
		"tg://join?invite=AbCdEf_12345":           {invite: "AbCdEf_12345"},
		"tg://user?id=777":                        {id: 777},
		"tg://openmessage?user_id=777":            {id: 777},
		"tg://openmessage?chat_id=55":             {id: -55},
		"tg://privatepost?channel=1234567890&p=1": {id: -1001234567890},

		"https://t.me/boost/durov":               {name: "durov"},
		"https://t.me/addlist/AbCdEf":            {wrong: "the link leads to a folder of chats, not to a chat"},
		"https://t.me/+cut":                      {wrong: cutInvite},
		"https://t.me/joinchat/":                 {wrong: cutInvite},
		"t.me/joinchat/no-hash?":                 {wrong: cutInvite},
		"t.me/proxy?server=x":                    {wrong: "the link leads to a proxy, not to a chat"},
		"https://web.telegram.org/k/#@durov":     {name: "durov"},
		"https://web.telegram.org/a/#-100123_45": {id: -100123},
		"web.telegram.org/z/#777000":             {id: 777000},

		"https://web.telegram.org/a/": {title: "https://web.telegram.org/a/"},
		"https://example.com/durov":   {title: "https://example.com/durov"},
		"https://t.me/":               {title: "https://t.me/"},
		"https://t.me/c/x/1":          {title: "https://t.me/c/x/1"},
		"tg://privatepost?channel=-5": {title: "tg://privatepost?channel=-5"},
		"tg://settings":               {title: "tg://settings"},
	} {
		want.text = text
		if got := refer(text); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}

func FuzzRefer(f *testing.F) {
	for _, text := range []string{"@durov", "t.me/+x", "tg:", "https://t.me/c/99999999999999999999/1", "+", "t.me/%zz", "https://.t.me"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := refer(text)
		meanings := 0
		for _, is := range []bool{r.self, r.id != 0, r.phone != "", r.invite != "", r.name != "" && !r.bare, r.title != "", r.wrong != ""} {
			if is {
				meanings++
			}
		}
		if meanings > 1 || (meanings == 0 && strings.Trim(strings.TrimSpace(text), "-0") != "") {
			t.Errorf("%q is %+v", text, r)
		}
	})
}

func TestMarkedIDs(t *testing.T) {
	for marked, want := range map[int64]struct {
		kind peerKind
		bare int64
	}{
		5: {kindUser, 5}, -5: {kindGroup, 5}, -1000000000005: {kindChannel, 5}, -1001234567890: {kindChannel, 1234567890},
		-999999999999: {kindGroup, 999999999999}, -1000000000000: {kindGroup, 1000000000000},
	} {
		kind, bare := unmark(marked)
		if kind != want.kind || bare != want.bare {
			t.Errorf("%d is %d of kind %d", marked, bare, kind)
		}
		if back := MarkedID(barePeer(marked)); back != marked {
			t.Errorf("%d became %d", marked, back)
		}
	}
	if MarkedID(nil) != 0 {
		t.Error("nobody has an id")
	}
}
