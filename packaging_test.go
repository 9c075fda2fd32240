package tgscript_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// release is the part of https://goreleaser.com/customization/ that this repository uses; other keys are mistakes.
type release struct {
	Version     int
	ProjectName string                   `yaml:"project_name"`
	Before      struct{ Hooks []string } `yaml:"before"`
	Builds      []struct {
		ID, Main, Binary          string
		Env, Flags, Tags, Ldflags []string
		ModTimestamp              string `yaml:"mod_timestamp"`
		Goos, Goarch              []string
		Ignore                    []map[string]string
	}
	Archives []struct {
		ID              string
		Formats         []string
		NameTemplate    string `yaml:"name_template"`
		FormatOverrides []struct {
			Goos    string
			Formats []string
		} `yaml:"format_overrides"`
		Files []string
	}
	Nfpms []struct {
		ID                                string
		PackageName                       string `yaml:"package_name"`
		Description, Maintainer, Homepage string
		Formats                           []string
		Bindir                            string
	}
	Checks struct {
		NameTemplate string `yaml:"name_template"`
		Algorithm    string
	} `yaml:"checksum"`
	Changelog struct{ Use, Sort string }
	Release   struct{ Draft bool }
}

func TestReleaseIsDescribed(t *testing.T) {
	text, err := os.ReadFile(".goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var r release
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&r); err != nil {
		t.Fatal(err)
	}
	if r.Version != 2 || len(r.Builds) != 1 || len(r.Archives) != 1 {
		t.Fatalf("got %+v", r)
	}
	build := r.Builds[0]
	if _, err := os.Stat(build.Main); err != nil {
		t.Errorf("what is built: %v", err)
	}
	if !slices.Contains(build.Env, "CGO_ENABLED=0") || !slices.Contains(build.Tags, "timetzdata") {
		t.Error("releases are static, and know time zones")
	}
	for _, file := range r.Archives[0].Files {
		if _, err := os.Stat(strings.TrimSuffix(file, "/*.md")); err != nil {
			t.Errorf("what is packed: %v", err)
		}
	}
}

// TestContainer reads the Containerfile: there is no engine to build it with.
func TestContainer(t *testing.T) {
	text, err := os.ReadFile("Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)
	for _, want := range []string{
		"golang:" + string(version[1]) + " AS build", "CGO_ENABLED=0", "-tags timetzdata", "FROM scratch", "ca-certificates.crt",
		"USER 65532:65532", "VOLUME /data", `ENTRYPOINT ["/usr/local/bin/tgscript", "--data", "/data"]`, "STOPSIGNAL SIGTERM",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in the Containerfile", want)
		}
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "FROM") && strings.Contains(line, ":latest") {
			t.Errorf("%s: name a version", strings.TrimSpace(line))
		}
	}
}
