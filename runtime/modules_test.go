package runtime

import (
	"strings"
	"testing"
)

func TestModulesOfOthers(t *testing.T) {
	for name, c := range map[string]struct {
		files  map[string]string
		source string
		want   string // said, or part of the error after "!"
	}{
		"a file":                      {map[string]string{"lua_modules/m.lua": `return "theirs"`}, `say(require("m"))`, "theirs"},
		"a folder":                    {map[string]string{"lua_modules/m/init.lua": `return "theirs"`}, `say(require("m"))`, "theirs"},
		"a file of LuaRocks":          {map[string]string{"lua_modules/share/lua/5.1/pl/m.lua": `return ...`}, `say(require("pl.m"))`, "pl.m"},
		"a folder of LuaRocks":        {map[string]string{"lua_modules/share/lua/5.1/m/init.lua": `return "rock"`}, `say(require("m"))`, "rock"},
		"one's own comes first":       {map[string]string{"lua_modules/m.lua": `return "theirs"`, "m.lua": `return "mine"`}, `say(require("m"))`, "mine"},
		"theirs require each other":   {map[string]string{"lua_modules/share/lua/5.1/a.lua": `return require("a.b")`, "lua_modules/share/lua/5.1/a/b.lua": `return "b"`}, `say(require("a"))`, "b"},
		"of the project":              {map[string]string{"project/share/lua/5.1/m.lua": `return "project"`}, `say(require("m"))`, "project"},
		"in C, of LuaRocks":           {map[string]string{"lua_modules/lib/lua/5.1/lfs.so": "ELF"}, `require("lfs")`, "!lfs.so is a module in C"},
		"in C, within a folder":       {map[string]string{"lua_modules/lib/lua/5.1/socket/core.so": "ELF"}, `require("socket.core")`, "!core.so is a module in C"},
		"in C, beside the script":     {map[string]string{"json.dll": "MZ"}, `require("json")`, "!json.dll is a module in C"},
		"nowhere":                     {nil, `require("m")`, "!m/init.lua, nor in lua_modules"},
		"a name that leads out of it": {map[string]string{"secret.lua": ""}, `require("../secret")`, "!a module's name is"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlay(t, Limits{})
			p.host.opts.Modules = []string{p.path("project")}
			for file, source := range c.files {
				p.write(file, source)
			}
			_, err := p.add("bot.lua", c.source)
			if want, ok := strings.CutPrefix(c.want, "!"); ok {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error is %v, want %q in it", err, want)
				}
				return
			}
			check(t, err)
			p.hear(c.want)
		})
	}
}

// TestModulesOfOthersReload: a module that changes is taken up.
func TestModulesOfOthersReload(t *testing.T) {
	p := newPlay(t, Limits{})
	p.write("lua_modules/share/lua/5.1/m.lua", `return "old"`)
	p.run(`say(require("m"))`)
	p.hear("old")
	p.watched()
	p.write("lua_modules/share/lua/5.1/m.lua", `return "new"`)
	p.hear("new")
}
