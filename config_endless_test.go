package tgscript_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript"
)

func TestAliasesOfAConfigEnd(t *testing.T) {
	bomb := "server: sandbox\naccounts: {me: {args: {a: {x0: &x0 [1, 2]"
	for i := range 20 {
		bomb += strings.NewReplacer("N", string(rune('a'+i)), "M", string(rune('a'+i-1))).Replace(", N: &N [*M, *M, *M]")
	}
	bomb = strings.ReplaceAll(bomb, "*`", "*x0") + "}}}}\n"
	for name, row := range map[string]struct{ config, want string }{
		"shared":         {"server: sandbox\naccounts: {me: {args: {a: {x: &x [1], y: [*x, *x]}}}}\n", ""},
		"a circle":       {"server: sandbox\naccounts:\n  me: {args: {a: {x: &x [1, *x]}}}\n", "config.yaml:3:"},
		"a large circle": {"server: sandbox\naccounts: &all\n  me: {args: {a: {x: *all}}}\n", "config.yaml:2:"},
		"a bomb":         {bomb, "config.yaml:2:"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(path, []byte(row.config), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := tgscript.Load(path, tgscript.Overrides{Env: func(string) (string, bool) { return "", false }})
			switch {
			case row.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), "aliases")):
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestSecretsHideFromMarshallers(t *testing.T) {
	config := tgscript.Config{APIHash: "top-secret", Accounts: map[string]*tgscript.Account{"me": {BotToken: "1:top-secret"}}}
	asJSON, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	if all := string(asJSON) + string(asYAML); strings.Contains(all, "top-secret") || strings.Count(all, "(hidden)") != 4 {
		t.Error(all)
	}
}
