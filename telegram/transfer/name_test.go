package transfer_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tgscript/tgscript/telegram/transfer"
)

func TestSafeName(t *testing.T) {
	for _, row := range [][3]string{
		{"a plain name stays", "cat.jpg", "cat.jpg"},
		{"letters of all languages stay", "Кот на стуле.png", "Кот на стуле.png"},
		{"a path leads nowhere", "../../etc/passwd", "passwd"},
		{"nor one of Windows", `..\..\boot.ini`, "boot.ini"},
		{"nor an absolute one", "/etc/shadow", "shadow"},
		{"nor to the folder above", "..", "x"},
		{"nor to this one", ".", "x"},
		{"nothing hides", ".bashrc", "bashrc"},
		{"nothing is nothing", "", "x"},
		{"bytes that end a name are taken out", "a\x00b.txt", "ab.txt"},
		{"so are lines", "a\nb.txt", "ab.txt"},
		{"and what turns text around", "photo\u202egpj.exe", "photogpj.exe"},
		{"what is no UTF-8 is taken out", "a\xff.txt", "a.txt"},
		{"what Windows has a use for is replaced", `a<b>:c|d?.txt`, "a_b__c_d_.txt"},
		{"devices are none", "con.txt", "_con.txt"},
		{"nor those with numbers", "COM1", "_COM1"},
		{"spaces and dots at the end go", "a.txt . .", "a.txt"},
	} {
		if got := transfer.SafeName(row[1], "x"); got != row[2] {
			t.Errorf("%s: %q became %q, want %q", row[0], row[1], got, row[2])
		}
	}
	long := strings.Repeat("ж", 300) + ".mp4"
	if got := transfer.SafeName(long, "x"); len(got) > 200 || !strings.HasSuffix(got, "ж.mp4") || !utf8.ValidString(got) {
		t.Errorf("a long name became %q", got)
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("../a")
	f.Add("a/../../b\x00")
	f.Fuzz(func(t *testing.T, name string) {
		got := transfer.SafeName(name, "x")
		joined := filepath.Join("/downloads", got)
		if filepath.Dir(joined) != "/downloads" || got == "" || len(got) > 210 || strings.HasPrefix(got, ".") || !utf8.ValidString(got) {
			t.Errorf("%q became %q", name, got)
		}
	})
}
