package bindings

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/rpcerrors"
)

// TestEveryKindOfErrorIsExplained looks for the kinds that the sources give to errors.
func TestEveryKindOfErrorIsExplained(t *testing.T) {
	kind := regexp.MustCompile(`(?:"kind": *|\bKind\w* += |MessageError\{)"([A-Z_0-9]{3,})"`)
	for _, room := range []string{"../telegram", "../runtime", "."} {
		err := filepath.WalkDir(room, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "sandbox") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range kind.FindAllStringSubmatch(string(source), -1) {
				_, telegrams := rpcerrors.Find(m[1])
				if !telegrams && !slices.ContainsFunc(errorKinds(), func(k spec.ErrorKind) bool { return k.Kind == m[1] }) {
					t.Errorf("%s: the kind %s is missing in errorkinds.go", path, m[1])
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestRowsRaiseKnownErrors catches kinds in Raises that nobody raises.
func TestRowsRaiseKnownErrors(t *testing.T) {
	known := map[string]bool{}
	for _, k := range errorKinds() {
		if known[k.Kind] && k.Own {
			t.Errorf("%s is there twice", k.Kind)
		}
		known[k.Kind] = true
		if k.Own && k.Doc == "" {
			t.Errorf("%s has no words", k.Kind)
		}
	}
	for _, c := range table.Classes {
		for _, m := range c.Methods {
			for _, kind := range m.Errors {
				if !known[kind] {
					t.Errorf("%s:%s raises %s, which is no kind of error", c.Name, m.Name, kind)
				}
			}
		}
	}
}
