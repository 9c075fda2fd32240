package trial

import (
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/scene"
)

const aProject = `
api_id: 1
api_hash: x
accounts:
  me: { phone: "+42 777 0100", scripts: scripts/*.lua }
`

// busy is an address at which nobody else can listen.
func busy(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

func TestProjects(t *testing.T) {
	passes(t, map[string]string{
		"config.yaml":           aProject + "metrics: { listen: '" + busy(t) + "' }\n",
		"lua_modules/other.lua": `return { word = "of others" }`,
		"scripts/a.lua": `local other = require("other")
			client:on("message", { incoming = true }, function(event) event:reply(other.word) end)`,
		"scripts/a_test.lua": `test("modules of the project are found, and the port of metrics is left alone", function(t)
			local alice = t:person("alice")
			alice:send("x")
			alice:expect("of others")
			alice:expect_none()
		end)`,
	}, Options{Timeout: 20 * time.Second})
}

func TestWebhooksOfTestsListenElsewhere(t *testing.T) {
	at := busy(t)
	passes(t, map[string]string{
		"config.yaml":   aProject,
		"scripts/a.lua": `local hook = tg.webhook({ listen = "` + at + `" }, print) print(hook.address ~= "` + at + `")`,
		"scripts/a_test.lua": `script("a.lua", { allow = { listen = "` + at + `" } })
		test("the port of the program that runs is left alone", function(t) expect(t:lines()[1].text):equals("true") end)`,
	}, Options{Timeout: 20 * time.Second})
}

func TestAHostThatCannotRunSaysSo(t *testing.T) {
	dir := folder(t, map[string]string{"config.yaml": aProject, "a.lua": "", "a_test.lua": ""})
	file := filepath.Join(dir, "a_test.lua")
	p, err := loadConfig(file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.config.Metrics = tgscript.Metrics{Listen: busy(t)}
	c, err := newCompany(file, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.close() }() // tells the same again
	if _, err := c.Load(t.Context(), scene.Casting{}); err == nil || !strings.Contains(err.Error(), "listen for metrics") {
		t.Errorf("got %v", err)
	}
}
